//! The words that head columns, in many languages. Data only.

use super::headers::Target;

/// Headers as `headers::plain` makes them, by what they hold, parted by `|`. English, German,
/// French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Russian,
/// Chinese, Japanese.
pub(super) const HEADERS: &[(Target, &str)] = &[
    (
        Target::Name,
        "full name|contact|contact name|display name|person|vollstandiger name|\
         ansprechpartner|ansprechpartnerin|kontakt|nom complet|nom et prenom|prenom et nom|\
         nombre completo|nombre y apellidos|contacto|nome completo|nome e sobrenome|\
         nome e cognome|volledige naam|contactpersoon|fullstandigt namn|fuldt navn|\
         fullt navn|imie i nazwisko|имя и фамилия|фио|姓名|名前|氏名|お名前",
    ),
    (
        Target::FirstName,
        "first name|firstname|first|given name|vorname|prenom|nombre de pila|primeiro nome|\
         voornaam|fornamn|fornavn|imie|имя|名",
    ),
    (
        Target::MiddleName,
        "middle name|additional name|weitere vornamen|deuxieme prenom|segundo nombre",
    ),
    (
        Target::LastName,
        "last name|lastname|last|family name|surname|nachname|familienname|nom de famille|\
         apellidos|apellido|sobrenome|apelido|cognome|achternaam|efternamn|efternavn|\
         etternavn|nazwisko|фамилия|姓",
    ),
    (Target::FiledAs, "file as|speichern unter"),
    (
        Target::Email,
        "email|e mail|mail|email address|e mail address|email 1|e mail 1 value|\
         primary email|work email|mail address|e mail adresse|mailadresse|emailadresse|\
         courriel|adresse e mail|adresse email|adresse de messagerie|adresse electronique|\
         correo|correo electronico|direccion de correo electronico|e mail principal|\
         endereco de e mail|endereco de email|indirizzo e mail|indirizzo email|\
         indirizzo di posta elettronica|e mailadres|e postadress|e post|e mailadresse|\
         e postadresse|adres e mail|адрес электроннои почты|электронная почта|电子邮件|邮箱|メール|\
         メールアドレス",
    ),
    (
        Target::OtherEmail,
        "e mail 2 value|e mail 3 value|e mail 4 value|e mail 2 address|e mail 3 address|\
         e mail 2 adresse|e mail 3 adresse|email 2|email 3|secondary email|other email|\
         private email|home email",
    ),
    (
        Target::Profile,
        "url|profile|profile url|linkedin|linkedin url|linkedin profile|\
         linkedin profile url|profil|profil url|url du profil|profil linkedin|\
         linkedin profil|perfil|perfil de linkedin|url del perfil|url do perfil|profilo|\
         profilo linkedin|url del profilo|linkedin profiel|профиль|链接",
    ),
    (
        Target::WebPage,
        "website 1 value|website|web page|webseite|page web|pagina web|link|webbplats|\
         homepage",
    ),
    (
        Target::Company,
        "company|company name|organization|organisation|organization name|\
         organization 1 name|employer|current company|unternehmen|firma|arbeitgeber|\
         entreprise|societe|employeur|empresa|compania|azienda|societa|bedrijf|werkgever|\
         foretag|virksomhed|bedrift|spolka|компания|организация|公司|单位|会社|会社名",
    ),
    (
        Target::Position,
        "position|job title|jobtitle|role|current position|organization title|\
         organization 1 title|stelle|funktion|berufsbezeichnung|rolle|beruf|poste|fonction|\
         intitule du poste|cargo|puesto|funcao|posizione|ruolo|qualifica|functie|\
         functietitel|befattning|titel|jobtitel|stilling|stanowisko|должность|职位|役職|title|\
         titre|titulo",
    ),
    (
        Target::ConnectedOn,
        "connected on|connected|connection date|connected since|verknupft am|verbunden am|\
         vernetzt am|kontakt seit|vernetzt seit|connexion le|connecte le|connectee le|\
         date de connexion|en relation depuis|mise en relation le|conectado el|\
         fecha de conexion|contacto desde|conectado em|data de conexao|collegato il|\
         data di collegamento|collegamento dal|verbonden op|connectie sinds|ansluten den|\
         forbundet den|polaczono|дата установления контакта|连接日期|つながった日",
    ),
    (
        Target::Note,
        "note|notes|comment|comments|remarks|notiz|notizen|bemerkung|bemerkungen|remarque|\
         remarques|commentaire|commentaires|nota|notas|comentarios|observacoes|\
         osservazioni|opmerking|opmerkingen|notities|anteckningar|noter|notater|uwagi|\
         заметки|备注|メモ",
    ),
    (Target::KnowsMe, "knows me|kennt mich|me connait|me conoce|me conhece"),
    (Target::DoNotContact, "do not contact|nicht kontaktieren|ne pas contacter|no contactar"),
];

/// The whole name, or the half of it that no other column holds: `Name;Vorname` in German,
/// `Nom;Prénom` in French, `Nombre;Apellidos` in Spanish.
pub(super) const NAME_OR_HALF: &[&str] =
    &["name", "nom", "nombre", "nome", "naam", "namn", "navn", "nazwa"];

/// Headers that mean less than any other of the same target: Outlook's `Title` is "Dr.".
pub(super) const WEAK: &[&str] =
    &["title", "titel", "titre", "titulo", "mail", "contact", "kontakt", "role"];
