COPY public.oo (id, vid, num, gorod) FROM stdin;
1	СОШ	42	Ключегорск
2	СОШ	14	Ключегорск
\.
