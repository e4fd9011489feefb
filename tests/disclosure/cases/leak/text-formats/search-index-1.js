window.searchIndex=JSON.parse('[{"t": "\\u041e\\u043b\\u044c\\u0448\\u0430\\u043d\\u0441\\u043a\\u0430\\u044f \\u0421\\u041e\\u0428"}]');
