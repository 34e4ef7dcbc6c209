"""The start page of the administration: is everything all right?"""
