"""What needs both data and a device, as one act each; Qt-free: the window and the command line call the same ones."""
