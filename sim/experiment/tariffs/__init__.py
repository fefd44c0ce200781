"""The trade model on its own: impact of given tariffs, and checks against published figures."""
