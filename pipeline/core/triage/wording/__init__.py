"""Tables of French words, by subject: how people apply, ask and withdraw, how machines and strangers write."""
