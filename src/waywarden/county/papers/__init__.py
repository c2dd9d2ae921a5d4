"""The papers a council or group keeps here: its minutes, constitution, certificates of insurance.

A paper is for its own body alone, until an officer of that body makes it public.
"""
