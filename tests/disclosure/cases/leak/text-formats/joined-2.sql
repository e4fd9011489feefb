UPDATE plan SET place = 'Дальне' || 'борская СОШ' WHERE id = 14;
