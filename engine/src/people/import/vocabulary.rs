//! The words that head columns, in many languages. Data only.

use super::headers::Target;

/// Headers as `headers::plain` makes them, by what they hold, parted by `|`. English, German,
/// French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Russian,
/// Chinese, Japanese, Korean, Turkish and, for the commonest words, a dozen more.
pub(super) const HEADERS: &[(Target, &str)] = &[
    (
        Target::Name,
        "full name|contact|contact name|display name|person|vollstandiger name|\
         ansprechpartner|ansprechpartnerin|kontakt|nom complet|nom et prenom|prenom et nom|\
         nombre completo|nombre y apellidos|contacto|nome completo|nome e sobrenome|\
         nome e cognome|volledige naam|contactpersoon|fullstandigt namn|fuldt navn|\
         fullt navn|imie i nazwisko|имя и фамилия|фио|姓名|名前|氏名|お名前|имя фамилия|\
         이름 성|성명|ad soyad|adi soyadi|isim soyisim|nama lengkap|jmeno a prijmeni|\
         teljes nev|nume complet|koko nimi|ονοματεπωνυμο|氏名 漢字|联系人|全名|聯絡人|שם מלא|\
         الاسم الكامل|الاسم|\
         contact full name|person name|contact person|names|your name|your full name|\
         what is your name|name surname|name and surname|first and last name|first last name|\
         vor und nachname|vorname und nachname|vorname nachname|nachname vorname|name vorname|\
         nom prenom|prenom nom|nombre y apellido|nombre apellidos|nome e apelido|nome cognome|\
         cognome e nome|voor en achternaam|anzeigename|contacts|people|kontakte|personen|\
         contactos|contatos|contatti|namen|noms",
    ),
    (
        Target::FirstName,
        "first name|firstname|first|given name|vorname|prenom|nombre de pila|primeiro nome|\
         voornaam|fornamn|fornavn|imie|名|krstne meno|keresztnev|\
         utonev|prenume|etunimi|nama depan|given names|الاسم الأول|שם פרטי|nome proprio|forename|name first|given",
    ),
    (
        Target::MiddleName,
        "middle name|additional name|weitere vornamen|deuxieme prenom|segundo nombre|middle names|отчество|nome do meio|segundo nome|secondo nome|\
         middelste naam|tussenvoegsel|zweiter vorname",
    ),
    (
        Target::LastName,
        "last name|lastname|last|family name|surname|nachname|familienname|nom de famille|\
         apellidos|apellido|sobrenome|apelido|cognome|achternaam|efternamn|efternavn|\
         etternavn|nazwisko|фамилия|姓|성|soyad|soyadi|soyisim|prijmeni|priezvisko|\
         vezeteknev|nume de familie|sukunimi|nama belakang|επωνυμο|прізвище|姓氏|last names|\
         اسم العائلة|שם משפחה|name last|primer apellido|apellido paterno|prezime|презиме|nome de familia|ultimo nome",
    ),
    (Target::SecondLastName, "segundo apellido|apellido materno"),
    (Target::FiledAs, "file as|speichern unter|nickname|spitzname|surnom|apodo|bijnaam"),
    (
        Target::ShownAs,
        "e mail display name|e mail 2 display name|e mail 3 display name|\
         e mail angezeigter name|e mail 2 angezeigter name|e mail 3 angezeigter name|\
         nom complet de l adresse de messagerie|nom complet de l adresse de messagerie 2|\
         nom complet de l adresse de messagerie 3|nome para exibicao do email|\
         nome a apresentar do correio electronico|nombre de pantalla de correo electronico|\
         nombre para mostrar del correo electronico|nome visualizzato posta elettronica|\
         weergavenaam e mailadres|weergavenaam e mail",
    ),
    (
        Target::Email,
        "email|e mail|mail|email address|e mail address|email 1|e mail 1 value|primary email|\
         work email|mail address|e mail adresse|mailadresse|emailadresse|courriel|\
         adresse e mail|adresse email|adresse de messagerie|adresse electronique|correo|\
         correo electronico|direccion de correo electronico|e mail principal|\
         endereco de e mail|endereco de email|indirizzo e mail|indirizzo email|\
         indirizzo di posta elettronica|e mailadres|e postadress|e post|e mailadresse|\
         e postadresse|adres e mail|адрес электроннои почты|электронная почта|电子邮件|邮箱|\
         メール|メールアドレス|이메일|이메일 주소|전자 메일|전자 메일 주소|e posta|\
         e posta adresi|eposta|adres email|adres poczty elektronicznej|e mailova adresa|\
         e mail cim|emailcim|adresa de e mail|sahkoposti|sahkopostiosoite|alamat email|\
         ηλεκτρονικο ταχυδρομειο|електронна пошта|电子邮件地址|电子邮箱|邮件|電子郵件|\
         電子郵件地址|e mail アドレス|eメール|電子メール|電子メール アドレス|\
         البريد الإلكتروني|dia chi email|e post adress|e mail addresse|\
         emails|primary e mail|correio electronico|correio eletronico|\
         endereco de correio electronico|endereco de correio eletronico|posta elettronica|\
         indirizzo posta elettronica|adresse mail|имеил|имеил адрес|person email|contact email",
    ),
    (
        Target::OtherEmail,
        "e mail 2 value|e mail 3 value|e mail 4 value|e mail 2 address|e mail 3 address|\
         e mail 2 adresse|e mail 3 adresse|email 2|email 3|secondary email|other email|\
         private email|home email|other emails|other e mails|weitere e mail adressen|\
         e mail 4 adresse|email secondaire|correo secundario|\
         adresse de messagerie 2|adresse de messagerie 3|e mail privat|zweite e mail adresse",
    ),
    (
        Target::Profile,
        "url|profile|profile url|linkedin|linkedin url|linkedin profile|linkedin profile url|\
         profil|profil url|url du profil|profil linkedin|linkedin profil|perfil|\
         perfil de linkedin|url del perfil|url do perfil|profilo|profilo linkedin|\
         url del profilo|linkedin profiel|профиль|链接|profil linki|linkedin profili|\
         profil adresi|link do profilu|adres url profilu|프로필|프로필 url|プロフィール|\
         プロフィール url|个人主页|個人檔案|资料链接|url профиля|profiili|profiel|\
         profiel url|profilsida|odkaz na profil|profile link|profile page|linkedin link",
    ),
    (
        Target::WebPage,
        "website 1 value|website|web page|webseite|page web|pagina web|link|webbplats|\
         homepage|website 2 value|website 3 value|website 4 value|web|www|internet|sito web|\
         strona internetowa|sitio web|site web|webbsida|hjemmeside|ウェブサイト|웹사이트|网站|\
         sites|profiles|website url",
    ),
    (
        Target::Company,
        "company|company name|organization|organisation|organization name|\
         organization 1 name|employer|current company|unternehmen|firma|arbeitgeber|\
         entreprise|societe|employeur|empresa|compania|azienda|societa|bedrijf|werkgever|\
         foretag|virksomhed|bedrift|spolka|компания|организация|公司|单位|会社|会社名|회사|\
         회사명|직장|sirket|sirket adi|firma adi|nazwa firmy|spolecnost|zamestnavatel|\
         spolocnost|ceg|vallalat|companie|yritys|perusahaan|εταιρεια|компанія|公司名称|\
         公司名稱|企业|勤務先|勤務先名|企業|企業名|شركة|الشركة|חברה|cong ty|nome da empresa|\
         nombre de la empresa|raison sociale|arbetsgivare|arbejdsgiver|arbeidsgiver|\
         pracodawca|organizacja|organizacion|organizacao|organizzazione|organisatie|\
         companies|primary company|associated company|\
         account name|firmenname|current employer|employer name|aktuelles unternehmen|\
         nom de l entreprise|nom de la societe|empresa actual|tvrtka|фирма",
    ),
    (
        Target::Position,
        "position|job title|jobtitle|role|current position|organization title|\
         organization 1 title|stelle|funktion|berufsbezeichnung|rolle|beruf|poste|fonction|\
         intitule du poste|cargo|puesto|funcao|posizione|ruolo|qualifica|functie|\
         functietitel|befattning|titel|jobtitel|stilling|stanowisko|должность|职位|役職|\
         title|titre|titulo|직책|직위|직함|pozisyon|unvan|gorev|pozice|pozicia|pozicio|\
         beosztas|pozitie|asema|tehtavanimike|jabatan|posisi|θεση|посада|职务|职称|頭銜|職稱|\
         役職名|肩書き|肩書|المنصب|תפקיד|chuc danh|stelling|yrkestitel|nazwa stanowiska|\
         titulo do cargo|puesto de trabajo|mansione|titolo professionale|positie|ocupacion|\
         headline|\
         titre professionnel|titre du poste|qualifica professionale|ocupacao|puesto actual|job|job role|current title|current job title|\
         position title|aktuelle position|arbeitstitel|poste actuel|cargo actual|длъжност",
    ),
    (
        Target::ConnectedOn,
        "connected on|connected|connection date|connected since|verknupft am|verbunden am|\
         vernetzt am|kontakt seit|vernetzt seit|connexion le|connecte le|connectee le|\
         date de connexion|en relation depuis|mise en relation le|conectado el|\
         fecha de conexion|contacto desde|conectado em|data de conexao|collegato il|\
         data di collegamento|collegamento dal|verbonden op|connectie sinds|ansluten den|\
         forbundet den|polaczono|дата установления контакта|连接日期|つながった日|\
         date connected|connectedon|in kontakt seit|kontaktdatum|verbunden seit|\
         kontakt hinzugefugt am|date de mise en relation|relation depuis|en contact depuis|\
         ajoute le|fecha de contacto|conectados desde|contacto el|conectado desde|conexao em|\
         conectado desde o|contato desde|data da conexao|in contatto dal|collegati dal|\
         data connessione|connesso il|gekoppeld op|gekoppeld sinds|contact sinds|\
         verbonden sinds|datum van connectie|ansluten sedan|kontakt sedan|kontakter sedan|\
         kontakt den|forbundet siden|kontakt siden|forbindelse siden|tilknyttet|tilkoblet|\
         polaczono dnia|data polaczenia|data nawiazania kontaktu|w kontakcie od|kontakt od|\
         baglanti tarihi|baglanti kurulma tarihi|baglanma tarihi|baglanti kuruldu|spojeno|\
         datum spojeni|propojeno dne|v kontakte od|kapcsolat datuma|data conectarii|\
         conectat la|yhdistetty|yhteys luotu|terhubung pada|συνδεθηκε στισ|дата контакта|\
         дата подключения|в контакте с|接続日|接続日時|つながり日|つながり申請承認日|\
         つながりの日付|コネクション日|連絡先追加日|연결 날짜|연결일|1촌 맺은 날|\
         1촌 맺은 날짜|1촌 연결일|连接时间|加好友日期|建立联系日期|建立人脉日期|成为好友时间|\
         連接日期|連結日期|建立聯絡日期|加為好友日期|تاريخ الاتصال|ngay ket noi|ligado em|povezano|свързани на|つながり成立日|\
         加为好友时间|建立關係日期",
    ),
    (
        Target::Note,
        "note|notes|comment|comments|remarks|notiz|notizen|bemerkung|bemerkungen|remarque|\
         remarques|commentaire|commentaires|nota|notas|comentarios|observacoes|osservazioni|\
         opmerking|opmerkingen|notities|anteckningar|noter|notater|uwagi|заметки|备注|メモ|\
         メモ欄|메모|notlar|poznamka|poznamky|megjegyzes|備考|备忘|說明|примечание|not|anotacoes|kommentar|kommentare|kommentarer|comentario|\
         appunti|notitie|observations|memo|note personnelle",
    ),
    (Target::KnowsMe, "knows me|kennt mich|me connait|me conoce|me conhece"),
    (
        Target::DoNotContact,
        "do not contact|dnc|dont contact|no contact|do not email|do not mail|opt out|opted out|\
         email opt out|e mail opt out|has opted out of email|unsubscribed|unsubscribed from all email|\
         nicht kontaktieren|kontaktsperre|ne pas contacter|no contactar|nao contactar|non contattare|\
         niet contacteren",
    ),
];

/// The whole name, or the half of it that no other column holds: `Name;Vorname` in German,
/// `Nom;Prénom` in French, `Nombre;Apellidos` in Spanish.
pub(super) const NAME_OR_HALF: &[&str] = &[
    "name",
    "nom",
    "nombre",
    "nome",
    "naam",
    "namn",
    "navn",
    "nazwa",
    "nev",
    "nume",
    "nimi",
    "nama",
    "имя",
    "імя",
    "이름",
    "ad",
    "isim",
    "jmeno",
    "ονομα",
    "名字",
    "ім я",
    "ime",
    "име",
];

/// Headers that mean less than any other of the same target: Outlook's `Title` is "Dr.".
pub(super) const WEAK: &[&str] = &[
    "title",
    "titel",
    "titre",
    "titulo",
    "mail",
    "contact",
    "kontakt",
    "role",
    "url",
    "profile",
    "profil",
    "perfil",
    "profilo",
    "link",
    "web",
    "www",
    "internet",
    "headline",
    "profile url",
    "profile link",
    "contacts",
    "people",
    "kontakte",
    "personen",
    "contactos",
    "contatos",
    "contatti",
    "job",
    "account name",
    "primary company",
];

/// Words that say within a header what it holds.
pub(super) const PARTS: &[(Target, &[&str])] = &[
    (
        Target::Email,
        &[
            "email",
            "mail",
            "emails",
            "courriel",
            "correo",
            "メール",
            "이메일",
            "邮箱",
            "邮件",
            "messagerie",
            "posta",
            "correio",
            "mailadres",
            "mailadresse",
        ],
    ),
    (Target::Profile, &["linkedin", "xing"]),
    (
        Target::Company,
        &["company", "firma", "unternehmen", "entreprise", "empresa", "azienda", "sirket"],
    ),
];

/// Words that say that a column beside addresses holds none of the person's own.
pub(super) const NO_ADDRESS: &[&str] = &[
    "opt",
    "opted",
    "optout",
    "optin",
    "unsubscribed",
    "subscribed",
    "bounced",
    "verified",
    "type",
    "typ",
    "tipo",
    "label",
    "display",
    "displayed",
    "angezeigter",
    "anzeigename",
    "assistant",
    "assistent",
    "assistenz",
    "manager",
    "status",
    "format",
    "count",
    "domain",
    "opened",
    "sent",
    "size",
    "revenue",
    "phone",
    "street",
    "city",
    "country",
    "id",
];

/// Words of names: a column headed by one of them and by `email` shows an address, and holds none.
pub(super) const OF_NAMES: &[&str] = &[
    "name",
    "names",
    "nom",
    "nombre",
    "nome",
    "naam",
    "mostrar",
    "visualizzato",
    "exibicao",
    "weergavenaam",
    "apresentar",
];

/// What stands in front of a header in exports of several kinds of things: `Person - Email`.
pub(super) const OF_WHOM: &[&str] = &["person", "contact", "lead", "customer", "kontakt"];

/// Words of a day on which something else happened than that two people connected.
pub(super) const OTHER_DAYS: &[&str] = &[
    "created",
    "updated",
    "modified",
    "changed",
    "contacted",
    "birthday",
    "birth",
    "born",
    "erstellt",
    "angelegt",
    "geandert",
    "geburtstag",
    "geboren",
    "cree",
    "modifie",
    "naissance",
    "anniversaire",
    "creado",
    "nacimiento",
    "criado",
    "nascimento",
    "creato",
    "nascita",
];
