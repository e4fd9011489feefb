window.searchIndex=JSON.parse('[{"t": "\\u041b\\u0443\\u0433\\u0438\\u043d\\u0441\\u043a\\u0430\\u044f \\u0421\\u041e\\u0428 \\u2116 1"}]');
