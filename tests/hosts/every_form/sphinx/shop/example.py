app = "in a file that is an example"
