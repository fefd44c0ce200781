"""Rules of commitments: truces and their terms, purchase pledges and deliveries."""
