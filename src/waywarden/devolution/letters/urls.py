from django.urls import path

from waywarden.devolution.letters import views

app_name = "letters"

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters.csv", views.letters_table, name="letters-csv"),
    path("letters.xlsx", views.letters_table, name="letters-xlsx"),
    path("letters/<slug:place>/", views.letter, name="letter"),
    path("letters/<slug:place>.pdf", views.letter_pdf, name="letter-pdf"),
    path("letters/<slug:place>.docx", views.letter_word, name="letter-word"),
    path("letters.zip", views.all_letters, name="all-letters"),
    path("make-letters/", views.ask, name="make-letters"),
]
