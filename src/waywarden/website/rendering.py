"""How forms are drawn: label, hint, error, field, in the component library's markup."""

from django.forms.renderers import TemplatesSetting


class PlainForms(TemplatesSetting):
    """The form renderer of the site. Forms name their own widgets' classes."""

    form_template_name = "website/forms/form.html"
    field_template_name = "website/forms/field.html"
