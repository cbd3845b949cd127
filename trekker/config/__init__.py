"""Settings, addresses and the console command: the one package that knows every room."""
