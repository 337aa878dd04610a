print("sockscope")
