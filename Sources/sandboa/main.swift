print("sandboa")
