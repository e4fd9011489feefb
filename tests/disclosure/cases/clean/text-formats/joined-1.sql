UPDATE plan SET place = 'Жуков ' || 'Роман Андреевич' WHERE id = 14;
