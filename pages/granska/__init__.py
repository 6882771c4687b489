"""Reading comments before others see them."""
