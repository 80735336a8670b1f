"""Word lists of the invented world: countries, firms, people, titles, pages, campaigns.

Every firm is invented. Domains are under the reserved top-level domain ``.example`` or carry
``-example`` before a real public suffix. Phone prefixes come from ranges that regulators keep
for fiction; a country without such a range has no numbers here.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Country:
    """One country: how its firms and people are named, and where they are.

    ``phones`` holds (country code, area, first subscriber digits, random digits) of ranges that
    are reserved for fiction.
    """

    code: str
    name: str
    suffix: str
    firms: int
    legal: tuple[str, ...]
    stems: tuple[str, ...]
    trades: tuple[str, ...]
    cities: tuple[tuple[str, str, str], ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    time_zone: str
    currency: str
    phones: tuple[tuple[str, str, str, int], ...] = ()
    titles: tuple[str, ...] = field(default=())


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


COUNTRIES: tuple[Country, ...] = (
    Country(
        "DE", "Germany", "de", 24, ("GmbH", "GmbH & Co. KG", "AG"),
        _words(
            "Kiefernbach, Grünwalde, Steinmühl, Altenhafen, Rotbuchen, Wiesengrund, Löwenstieg, "
            "Hainfurt, Moorkamp, Silbertal, Ährenfeld, Brückmann, Tannhof, Weidenau, Kaltwasser, "
            "Neuwerk, Eichenried, Birkholz, Drosselberg, Falkenrode, Heidkrug, Mühlstätt, "
            "Nordlager, Schäfersruh"
        ),
        ("Logistik", "Kühlhaus", "Lagertechnik", "Spedition", "Intralogistik", "Großhandel"),
        (("Hamburg", "Hamburg", "20457"), ("Leipzig", "Sachsen", "04158"),
         ("Nürnberg", "Bayern", "90451"), ("Köln", "Nordrhein-Westfalen", "50735"),
         ("Bremen", "Bremen", "28197")),
        _words(
            "Jürgen, Sabine, Anna, Lukas, Birgit, Matthias, Käthe, Sören, Heike, Florian, Jana, "
            "Uwe, Franziska, Björn, Katrin, Thomas, Ömer, Alexander, Ute, Moritz"
        ),
        _words(
            "Müller, Weber, Schröder, Kessler, Großmann, Brandt, Hübner, Vogt, Köhler, "
            "Y\N{LATIN SMALL LETTER DOTLESS I}ld\N{LATIN SMALL LETTER DOTLESS I}z, "
            "Lindner, Seidel, Böhm, Jansen, Petersen, Zöllner, Reinhardt, Winkler, Groß, Ahrens"
        ),
        "Europe/Berlin", "EUR",
        (("49", "30", "23125", 3), ("49", "89", "99998", 3), ("49", "40", "66969", 3),
         ("49", "69", "90009", 3)),
        ("Leiter Logistik", "Lagerleiterin", "Energiemanager", "Einkaufsleiter",
         "Geschäftsführer", "Betriebsleiterin"),
    ),
    Country(
        "GB", "United Kingdom", "co.uk", 19, ("Ltd", "Limited", "plc", "LLP"),
        _words(
            "Brackenridge, Hollowmere, Thornwick, Ashcombe Vale, Larkstone, Penhallow, Wexcroft, "
            "Marlingford, Dunmorrow, Fernhurst Cross, Oakhanger, St. Aldhelm's, Gorsedown, "
            "Ravensholt, Millbeck, Tarnside, Copperlow, Harwick, Easterly"
        ),
        ("Cold Stores", "Freight", "Warehousing", "Distribution", "Fulfilment", "Haulage"),
        (("Leeds", "West Yorkshire", "LS9 0DX"), ("Bristol", "Avon", "BS11 9HZ"),
         ("Cardiff", "South Glamorgan", "CF24 5EN"), ("Felixstowe", "Suffolk", "IP11 3SY")),
        _words(
            "Robert, Elizabeth, Siân, Owen, Priya, Thomas, Katherine, Callum, Imogen, Rhys, "
            "Oluwaseun, Gareth, Fiona, Hamish, Zoë, Michael, Nia, Stephen, Amelia, William"
        ),
        _words(
            "Hargreaves, O'Neill, Pryce, Achebe, Fairbairn, Whitlock, Dunbar, Patel-Hughes, "
            "MacAllister, Thistlewood, Okafor, Bramley, Garside, Llewellyn, Ormerod, Pemberton, "
            "Quayle, Tindall, Fenwick, Ashdown"
        ),
        "Europe/London", "GBP",
        (("44", "20", "79460", 3), ("44", "7700", "900", 3), ("44", "1632", "960", 3),
         ("44", "113", "4960", 3)),
    ),
    Country(
        "US", "United States", "com", 21, ("Inc.", "LLC", "Corp.", "Co."),
        _words(
            "Harrowfield, Tessaly, Copper Mesa, Blue Larch, Redhollow, Prairie Anchor, "
            "Silver Butte, Wolfpine, Granite Ferry, Juniper Dock, Cascadia North, Lone Alder, "
            "Ironquay, Maple Junction, Osprey Point, Saltgrass, Tallgrass, Cedar Hitch, "
            "Birchline, Stonebridge Bay, Windrow"
        ),
        ("Freight", "Cold Chain", "Logistics", "Fulfillment", "Warehousing", "Foods"),
        (("Seattle", "WA", "98134"), ("Columbus", "OH", "43217"), ("Denver", "CO", "80216"),
         ("Sacramento", "CA", "95828"), ("Newark", "NJ", "07114")),
        _words(
            "James, María, DeShawn, Ashley, Robert, Linh, Kateri, Brandon, Aisha, Michael, "
            "Guadalupe, Tyler, Shreya, William, Naomi, Hector, Megan, Elizabeth, Andre, Hannah"
        ),
        _words(
            "Whitaker, Nguyen, O'Brien, Castellanos, Jefferson, Begay, Kowalczyk, Ramírez, "
            "Abernathy, Chaudhary, Sorensen, Delacroix, McIntyre, Tran, Villanueva, Haskell, "
            "Lindgren, Baptiste, Okonkwo, Redfern"
        ),
        "America/Chicago", "USD",
        (("1", "206", "55501", 2), ("1", "614", "55501", 2), ("1", "303", "55501", 2),
         ("1", "916", "55501", 2), ("1", "973", "55501", 2)),
    ),
    Country(
        "FR", "France", "fr", 10, ("SA", "SARL", "SAS"),
        _words(
            "Valcombe, Rochebrune, Clairmarais, Montferrat-sur-Orbe, Aubépine, Trois-Chênes, "
            "Beauséjour, Lac-Noir, Hautefeuille, Grand-Quai"
        ),
        ("Entrepôts", "Transports", "Logistique", "Froid"),
        (("Lille", "Hauts-de-France", "59000"), ("Lyon", "Auvergne-Rhône-Alpes", "69007"),
         ("Nantes", "Pays de la Loire", "44200")),
        _words(
            "René, Inès, Jean-Luc, Chloé, François, Amélie, Étienne, Noémie, Loïc, Gaëlle, "
            "Karim, Hélène"
        ),
        _words(
            "Dupré, Moreau, Lefèvre, D'Aubigny, Garnier, Béranger, Le Goff, Marchand, Ferrand, "
            "Benali, Chastain, Rousselot"
        ),
        "Europe/Paris", "EUR",
        (("33", "1", "99001", 3), ("33", "2", "61910", 3), ("33", "6", "39980", 3)),
        ("Directeur des opérations", "Responsable logistique", "Acheteuse", "Directrice générale"),
    ),
    Country(
        "NL", "Netherlands", "nl", 7, ("B.V.", "N.V."),
        _words("Zilverduin, Groenpolder, Lindewaard, Kortekade, Veerhaven, Blauwbrug, Rietkamp"),
        ("Opslag", "Transport", "Koelhuis", "Distributie"),
        (("Rotterdam", "Zuid-Holland", "3089"), ("Venlo", "Limburg", "5928")),
        _words("Sanne, Joost, Fleur, Daan, Maaike, Bram, Femke, Thijs, Noor, Ruben"),
        _words(
            "van der Meer, de Vries, Jansen, 't Hart, van den Berg, Kuipers, Bakker, Hoekstra"
        ),
        "Europe/Amsterdam", "EUR",
    ),
    Country(
        "AT", "Austria", "co.at", 5, ("GmbH", "AG"),
        _words("Almkogel, Donauried, Kirschlehen, Murfeld, Enzianhof"),
        ("Logistik", "Frischelager", "Transporte"),
        (("Linz", "Oberösterreich", "4020"), ("Graz", "Steiermark", "8020")),
        _words("Johanna, Matthäus, Resi, Stefan, Theresa, Georg"),
        _words("Gruber, Steinböck, Hofer, Pichler, Moser, Leitgeb"),
        "Europe/Vienna", "EUR",
    ),
    Country(
        "CH", "Switzerland", "ch", 5, ("AG", "SA", "GmbH"),
        _words("Birsmatt, Rhonetal, Seebrugg, Hornwald, Lavaux-Nord"),
        ("Logistik", "Lagerhaus", "Entrepôts"),
        (("Basel", "Basel-Stadt", "4057"), ("Lausanne", "Vaud", "1018")),
        _words("Urs, Beat, Ladina, Céline, Reto, Gianna"),
        _words("Zürcher, Ammann, Cavelti, Rochat, Bürgi, Schärer"),
        "Europe/Zurich", "CHF",
    ),
    Country(
        "ES", "Spain", "es", 6, ("S.L.", "S.A."),
        _words("Rocaverde, Puerto Lucero, Sierraclara, Olivares del Sur, Naranjal, Peñafría"),
        ("Almacenes", "Transportes", "Frío Industrial"),
        (("Zaragoza", "Aragón", "50197"), ("Valencia", "Comunitat Valenciana", "46024")),
        _words("Begoña, Íñigo, Lucía, Andrés, Núria, Joaquín, Álvaro, Maite"),
        _words("Ibáñez, Muñoz, García Peña, Ortega, Llorente, Vidal, Núñez, Etxeberria"),
        "Europe/Madrid", "EUR",
    ),
    Country(
        "IT", "Italy", "it", 6, ("S.r.l.", "S.p.A."),
        _words("Valtresca, Montechiaro, Porto Sereno, Lagonero, Fontefredda, Campodoro"),
        ("Logistica", "Magazzini", "Trasporti", "Surgelati"),
        (("Piacenza", "Emilia-Romagna", "29122"), ("Verona", "Veneto", "37135")),
        _words("Giulia, Niccolò, Chiara, Dario, Beatrice, Lorenzo, Alessia, Piero"),
        _words("D'Angelo, Bianchi, Ricciardi, Fontanarossa, Dell'Orto, Marchetti, Pavan, Sanna"),
        "Europe/Rome", "EUR",
        (),
        ("Responsabile logistica", "Direttore operativo", "Ufficio acquisti"),
    ),
    Country(
        "DK", "Denmark", "dk", 4, ("A/S", "ApS"),
        _words("Østerhavn, Lærkemark, Blåvinge, Skovbæk"),
        ("Lager", "Fragt", "Kølehus"),
        (("Aarhus", "Midtjylland", "8000"), ("Odense", "Syddanmark", "5000")),
        _words("Søren, Mette, Rasmus, Kirsten, Lærke, Jeppe"),
        _words("Østergaard, Nørgaard, Kjær, Bæk, Holm, Thorup"),
        "Europe/Copenhagen", "DKK",
    ),
    Country(
        "SE", "Sweden", "se", 5, ("AB",),
        _words("Björkvik, Granåsen, Norrsken, Havsörn, Älvdala"),
        ("Lager", "Logistik", "Frys", "Åkeri"),
        (("Göteborg", "Västra Götaland", "418 34"), ("Malmö", "Skåne", "211 20")),
        _words("Marta, Åke, Elin, Gösta, Linnéa, Johan, Maja, Magnus"),
        _words("Lindqvist, Åkerman, Sjöberg, Nyström, Berg, Häggkvist, Öberg, Wallin"),
        "Europe/Stockholm", "SEK",
        (("46", "31", "39006", 2), ("46", "8", "465004", 2)),
    ),
    Country(
        "PL", "Poland", "com.pl", 5, ("Sp. z o.o.", "S.A."),
        _words("Młynarz, Srebrny Dąb, Żuraw, Wierzbowa, Jezioro Białe"),
        ("Transport", "Magazyny", "Logistyka"),
        (("Łódź", "łódzkie", "93-121"), ("Wrocław", "dolnośląskie", "52-437")),
        _words("Łukasz, Agnieszka, Paweł, Zofia, Małgorzata, Wojciech, Kasia, Piotr"),
        _words("Wiśniewski, Kowalczyk, Zając, Dąbrowska, Wróbel, Szymański, Pawlak, Gołąb"),
        "Europe/Warsaw", "PLN",
    ),
    Country(
        "IE", "Ireland", "ie", 3, ("Ltd", "DAC"),
        _words("Ballyferris, Corrigmore, Tullacross"),
        ("Cold Storage", "Freight"),
        (("Cork", "Co. Cork", "T12 XF62"), ("Galway", "Co. Galway", "H91 E2K3")),
        _words("Aoife, Seán, Niamh, Pádraig, Órla, Cian"),
        _words("O'Sullivan, Ní Bhriain, Fitzgerald, Mac Cárthaigh, Byrne, O'Dowd"),
        "Europe/Dublin", "EUR",
        (("353", "20", "910", 4),),
    ),
    Country(
        "AU", "Australia", "com.au", 4, ("Pty Ltd",),
        _words("Wattlebrook, Ironbark Bay, Coolamine, Galah Creek"),
        ("Logistics", "Cold Stores", "Freight"),
        (("Dandenong South", "VIC", "3175"), ("Wacol", "QLD", "4076")),
        _words("Kylie, Lachlan, Mei, Jarrah, Matilda, Angus"),
        _words("Nguyen, Papadopoulos, Fitzroy, Murray, Hendricks, Tjapaltjarri"),
        "Australia/Melbourne", "AUD",
        (("61", "2", "5550", 4), ("61", "7", "5550", 4)),
    ),
)

TITLES: tuple[str, ...] = (
    "Head of Logistics", "Warehouse Manager", "Operations Director", "Facility Manager",
    "Energy Manager", "COO", "Managing Director", "Sustainability Lead", "Supply Chain Analyst",
    "Procurement Manager", "VP Operations", "Plant Engineer", "IT Manager", "CFO",
    "Maintenance Supervisor", "Continuous Improvement Lead", "Shift Lead", "Founder",
    "Health & Safety Officer", "Office Manager", "Intern",
)

INDUSTRIES: tuple[str, ...] = (
    "LOGISTICS_AND_SUPPLY_CHAIN", "WAREHOUSING", "TRANSPORTATION_TRUCKING_RAILROAD",
    "FOOD_PRODUCTION", "WHOLESALE", "RETAIL", "PACKAGE_FREIGHT_DELIVERY",
)

NICKNAMES: dict[str, str] = {
    "Robert": "Bob", "Elizabeth": "Liz", "Katherine": "Kate", "Michael": "Mike",
    "Thomas": "Tom", "William": "Bill", "Alexander": "Alex", "Stephen": "Steve",
}

SITE = "https://www.lumenhafen.example"
PAGES: tuple[tuple[str, str], ...] = (
    ("/", "Lumenhafen: warehouse energy, understood"),
    ("/product", "Product"),
    ("/product/metering", "Metering"),
    ("/pricing", "Pricing"),
    ("/customers", "Customers"),
    ("/customers/cold-store-case", "Case study: a cold store at night"),
    ("/blog/demand-peaks", "Blog: where demand peaks come from"),
    ("/blog/led-retrofit-payback", "Blog: LED retrofit payback"),
    ("/guides/energy-audit", "Guide: the warehouse energy audit"),
    ("/webinars/february-2026", "Webinar: the new reporting duties"),
    ("/contact", "Contact"),
    ("/demo", "Book a demo"),
)

# Traffic of a first visit: (weight, source, medium, campaign, content, term, gclid, referrer)
TRAFFIC: tuple[tuple[int, str, str, str, str, str, bool, str], ...] = (
    (26, "google", "organic", "", "", "", False, "https://www.google.com/"),
    (20, "(direct)", "(none)", "", "", "", False, ""),
    (14, "google", "cpc", "brand_search_eu", "headline_b", "warehouse energy software", True,
     "https://www.google.com/"),
    (10, "linkedin", "paid_social", "q4_ops_leaders", "carousel_2", "", False,
     "https://www.linkedin.com/"),
    (9, "newsletter", "email", "monthly_digest", "top_story", "", False, ""),
    (6, "bing", "organic", "", "", "", False, "https://www.bing.com/"),
    (6, "lagerblatt-example.de", "referral", "", "", "", False,
     "https://lagerblatt-example.de/anbieter"),
    (5, "linkedin.com", "social", "", "", "", False, "https://www.linkedin.com/feed/"),
    (4, "warehouse_expo_2026", "event", "expo_booth", "qr_code", "", False, ""),
)

# Forms of the web site: (form id, title, page, event it fires)
FORMS: tuple[tuple[str, str, str, str], ...] = (
    ("3f1c7a52-0b1e-4a7d-9b61-5c1f0d2e8a01", "Newsletter", "/blog/demand-peaks", "newsletter"),
    ("3f1c7a52-0b1e-4a7d-9b61-5c1f0d2e8a02", "Energy audit guide", "/guides/energy-audit",
     "guide"),
    ("3f1c7a52-0b1e-4a7d-9b61-5c1f0d2e8a03", "Webinar February 2026",
     "/webinars/february-2026", "webinar"),
    ("3f1c7a52-0b1e-4a7d-9b61-5c1f0d2e8a04", "Book a demo", "/demo", "demo"),
    ("3f1c7a52-0b1e-4a7d-9b61-5c1f0d2e8a05", "Contact", "/contact", "contact"),
)

# (owner id, first name, last name, active)
OWNERS: tuple[tuple[str, str, str, bool], ...] = (
    ("71000011", "Nadja", "Feddersen", True),
    ("71000012", "Tobias", "Rickmers", True),
    ("71000013", "Clémence", "Vasseur", True),
    ("71000014", "Declan", "Moriarty", True),
    ("71000015", "Ingrid", "Solheim", True),
    ("71000016", "Marek", "Jabłoński", True),
    ("71000017", "", "", True),
    ("71000018", "Philipp", "Oertel", False),
)

# (pipeline, stage id, label, display order, probability, closed, won)
STAGES: tuple[tuple[str, str, str, int, str, bool, bool], ...] = (
    ("default", "appointmentscheduled", "Appointment scheduled", 0, "0.2", False, False),
    ("default", "qualifiedtobuy", "Qualified to buy", 1, "0.4", False, False),
    ("default", "presentationscheduled", "Presentation scheduled", 2, "0.6", False, False),
    ("default", "decisionmakerboughtin", "Decision maker bought-in", 3, "0.8", False, False),
    ("default", "contractsent", "Contract sent", 4, "0.9", False, False),
    ("default", "closedwon", "Closed won", 5, "1.0", True, True),
    ("default", "closedlost", "Closed lost", 6, "0.0", True, False),
    ("20881443", "54920177", "Renewal open", 0, "0.7", False, False),
    ("20881443", "54920178", "Renewed", 1, "1.0", True, True),
    ("20881443", "54920179", "Churned", 2, "0.0", True, False),
)

# (list id, name)
LISTS: tuple[tuple[str, str], ...] = (
    ("5b9e1c04d7", "Lumenhafen Digest"),
    ("c1a7704e2f", "Webinars & events"),
)

# (campaign id, list, title, send time UTC, utm campaign)
CAMPAIGNS: tuple[tuple[str, str, str, str], ...] = (
    ("a1c04f9d10", "5b9e1c04d7", "Digest October: where demand peaks come from",
     "2025-10-15 08:00:00"),
    ("a1c04f9d11", "5b9e1c04d7", "Digest November: LED retrofit payback", "2025-11-12 09:00:00"),
    ("a1c04f9d12", "5b9e1c04d7", "Digest December: a cold store at night",
     "2025-12-10 09:00:00"),
    ("a1c04f9d13", "5b9e1c04d7", "Digest January: budget season", "2026-01-14 09:00:00"),
    ("a1c04f9d14", "c1a7704e2f", "Invitation: the new reporting duties", "2026-02-03 10:00:00"),
    ("a1c04f9d15", "5b9e1c04d7", "Digest March: metering without rewiring",
     "2026-03-11 09:00:00"),
    ("a1c04f9d16", "5b9e1c04d7", "Digest April: peak tariffs", "2026-04-15 08:00:00"),
    ("a1c04f9d17", "c1a7704e2f", "Invitation: site visit in Hamburg", "2026-05-06 08:00:00"),
    ("a1c04f9d18", "5b9e1c04d7", "Digest June: summer cooling", "2026-06-10 08:00:00"),
)
