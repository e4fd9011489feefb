INSERT INTO `oo` (`id`,`vid`,`num`,`gorod`) VALUES
(14,'СОШ',42,'Ключегорск'),
(2,'СОШ',14,'Верхозёрск');
