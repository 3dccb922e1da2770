"""The typed shapes of everything Reable knows. A value outside its range cannot be built."""
