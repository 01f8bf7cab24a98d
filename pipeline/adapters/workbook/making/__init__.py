"""New workbooks, made with openpyxl: their sheets, their look, their charts, their guide."""
