UPDATE plan SET place = 'Ольшан' || 'ская СОШ' WHERE id = 14;
