"""PDF: its content run by pdfminer, its characters and paint kept, what nobody sees told apart."""
