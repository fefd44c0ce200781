"""Requests for forecasts: lists of questions, their answers, frozen files and their scores."""
