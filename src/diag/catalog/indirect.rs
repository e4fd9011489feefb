//! Places that schedules do not print, told by other texts.

entries! {
    ONLY = "disclosure.place-only", Error {
        "рядом с муниципалитетом, место в котором укрупнено, сказано, сколько там таких школ: по этому школу узнают", "beside a municipality whose place is made coarser it is said how many such schools there are: that tells the school";
        "замените муниципалитет словами «{instead}» или уберите число; если речь не о школах проекта, запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead, or take the number out; if no school of the project is meant, record an exception in content/private/exceptions.yaml (context: {context})" }
    PARTICIPANT = "disclosure.place-participant", Error {
        "муниципалитет, место в котором укрупнено, назван рядом со школой-участницей", "a municipality whose place is made coarser is named beside a school of the project";
        "замените муниципалитет словами «{instead}» или уберите его; если речь не о школе проекта, запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead, or take it out; if no school of the project is meant, record an exception in content/private/exceptions.yaml (context: {context})" }
    EVERY = "disclosure.place-all", Error {
        "сказано обо всех школах муниципалитета, место в котором укрупнено: значит, и о школе-участнице", "all schools of a municipality whose place is made coarser are spoken of, the school of the project among them";
        "замените муниципалитет словами «{instead}»; если речь не о проекте, запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead; if the project is not meant, record an exception in content/private/exceptions.yaml (context: {context})" }
    DAY = "disclosure.place-day", Error {
        "муниципалитет, место в котором укрупнено, назван рядом с днём, на который там назначен выезд", "a municipality whose place is made coarser is named beside a day on which a visit takes place there";
        "замените муниципалитет словами «{instead}» или уберите его; если это другое событие, запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead, or take it out; if it is another event, record an exception in content/private/exceptions.yaml (context: {context})" }
    VISIT = "disclosure.place-visit", Error {
        "рассказано о поездке в муниципалитет, место в котором укрупнено", "a journey to a municipality whose place is made coarser is told";
        "замените муниципалитет словами «{instead}» или уберите его; если поездка не в школу проекта, запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead, or take it out; if it did not lead to a school of the project, record an exception in content/private/exceptions.yaml (context: {context})" }
    SCHOOL = "disclosure.place-school", Error {
        "рядом с муниципалитетом, место в котором укрупнено, сказано о школе без названия и о помощи ей", "a school without a name and help for it are told beside a municipality whose place is made coarser";
        "замените муниципалитет словами «{instead}» или уберите его; если школу можно назвать, назовите её или запишите исключение в content/private/exceptions.yaml (context: {context})", "write “{instead}” instead, or take it out; if the school may be named, name it, or record an exception in content/private/exceptions.yaml (context: {context})" }
}
