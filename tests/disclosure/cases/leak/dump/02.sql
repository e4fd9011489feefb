INSERT INTO news VALUES (402,'<p>Гости побывали в \"Ольшанской\r\nшколе\"</p>','Y');
