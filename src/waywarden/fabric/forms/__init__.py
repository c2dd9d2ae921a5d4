"""Forms that lose nothing: plain widgets, versions, drafts, and keys against sending twice.

``plain.py`` draws them; ``versions.py`` shows both versions where two people changed one row;
``once.py`` does what a form asks one time however often it is sent; ``drafts.py`` keeps what
is typed until it is sent.
"""
