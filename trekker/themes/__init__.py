"""What things are about and whom they are for: two short lists that many rooms share."""
