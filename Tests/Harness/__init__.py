"""What the end-to-end and attack tests share: the server in both modes, clients, leak checks."""
