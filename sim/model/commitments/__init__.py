"""Rules of what was promised: truces and their terms, pledged purchases and deliveries."""
