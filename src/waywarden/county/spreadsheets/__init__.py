"""The tables officers and clerks take in through the wizard: contacts, quantities, offices.

Each file is one kind: its columns, who may, what a row would change, and the
action that changes it. A row speaks for a body only where the office acted in does.
"""
