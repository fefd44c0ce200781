"""Rules of non-tariff measures: technology, rare earths, entity lists, port fees, visas."""
