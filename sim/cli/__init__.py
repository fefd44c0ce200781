"""The command line `detente`: parse, call one function of the API, print."""
