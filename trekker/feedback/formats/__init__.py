"""What feedback gives out in other forms than a page: a QR code, a form on paper."""
