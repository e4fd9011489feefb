//! Files that would do something where they are opened.

entries! {
    ACTIVE = "attachment.active", Error {
        "файл не только читают: {what}", "the file is not only read: {what}";
        "уберите это место или сохраните документ как PDF или DOCX без кода; в HTML и SVG остаются текст, оформление и рисунки из самого файла", "remove this place, or save the document as PDF or DOCX without code; HTML and SVG keep text, style and pictures of the file itself" }
    PROGRAM = "attachment.program", Error {
        "файлы с окончанием .{ending} запускаются на компьютере читателя или на сервере", "files that end in .{ending} run on the reader's machine or on the server";
        "выложите документ: PDF, DOCX, XLSX, ODT, картинку или текст", "publish a document: PDF, DOCX, XLSX, ODT, a picture or text" }
}
