from django.urls import path

from zhongshu.channels.desk.cases.views import back, clock, lists, one, photos, same, signing, tasks, whistle

urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("bodies/<int:body_id>/", lists.body, name="body"),
    path("cases/<str:number>/", one.case, name="case"),
    path("cases/<str:number>/contact/", one.reveal, name="reveal"),
    path("cases/<str:number>/suspend/", clock.suspend, name="suspend"),
    path("cases/<str:number>/resume/", clock.resume, name="resume"),
    path("cases/<str:number>/tasks/<int:token>/extend/", clock.extend, name="extend"),
    path("cases/<str:number>/proposals/<uuid:proposal>/", clock.decide, name="decide"),
    path("cases/<str:number>/calls/", whistle.call, name="call_body"),
    path("cases/<str:number>/calls/<int:token>/off/", whistle.call_off, name="call_off"),
    path("cases/<str:number>/calls/<int:token>/lead/", whistle.lead, name="name_lead"),
    path("cases/<str:number>/calls/<int:token>/marks/", whistle.score, name="score_body"),
    path("cases/<str:number>/merge/", same.merge, name="merge"),
    path("cases/<str:number>/false/", same.close_retracted, name="close_retracted"),
    path("cases/<str:number>/split/", same.split, name="split"),
    path("photos/<uuid:document>/", photos.mine, name="held"),
    path("cases/<str:number>/photos/<uuid:document>/", photos.photo, name="photo"),
    path("cases/<str:number>/tasks/<int:token>/claim/", tasks.claim, name="claim"),
    path("cases/<str:number>/tasks/<int:token>/release/", tasks.release, name="release"),
    path("cases/<str:number>/tasks/<int:token>/assign/", tasks.assign, name="assign"),
    path("cases/<str:number>/tasks/<int:token>/complete/", tasks.complete, name="complete"),
    path("cases/<str:number>/tasks/<int:token>/back/", back.send_back, name="send_back"),
    path("cases/<str:number>/tasks/<int:token>/recall/", back.recall, name="recall"),
    path("cases/<str:number>/reopen/", back.reopen, name="reopen"),
    path("cases/<str:number>/tasks/<int:token>/signatures/", signing.ask, name="ask_signature"),
    path("cases/<str:number>/signatures/<int:token>/off/", signing.off, name="signature_off"),
    path("cases/<str:number>/signatures/<int:token>/remind/", signing.remind, name="remind_signer"),
    path("cases/<str:number>/signatures/<int:token>/reply/", signing.reply, name="answer_signature"),
]
