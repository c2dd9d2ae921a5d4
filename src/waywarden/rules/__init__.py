"""What law and agreements fix, worked out without a database, a clock or a web page.

Powers and whose duty a service is by default, periods as agreements count
them, and money split and multiplied to the penny. Each rule says which law it
rests on, and how sure we are of it.
"""
