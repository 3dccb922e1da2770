"""The look of Reable: components as templates, forms that render through them, style sheet and scripts."""
