from django.urls import path

from zhongshu.channels.desk.rights.views import proposals, propose, review, roles, table, why

urlpatterns = [
    path("rights/", table.grants, name="rights"),
    path("rights/<int:grant>/end/", table.end, name="end_grant"),
    path("rights/propose/", propose.propose, name="propose_grant"),
    path("rights/proposals/", proposals.waiting, name="grant_proposals"),
    path("rights/proposals/<uuid:proposal>/", proposals.one, name="grant_proposal"),
    path("rights/proposals/<uuid:proposal>/decide/", proposals.decide, name="decide_grant"),
    path("rights/proposals/<uuid:proposal>/withdraw/", proposals.withdraw, name="withdraw_grant"),
    path("rights/review/", review.review, name="review_grants"),
    path("rights/why/", why.why, name="why"),
    path("rights/roles/", roles.roles, name="roles"),
]
