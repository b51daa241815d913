package io.inkfast.mask.scan;

/** The names of fields that hold something about a person. Written as in {@link NameList}. */
final class PersonNames {

    static final String[] EMAIL_ANYWHERE = words("email emailaddress mailaddress emailaddr");

    static final String[] EMAIL = words(
            "mail mailto mailfrom rcptto recipientaddress correo correoelectronico courriel"
                    + " \u90ae\u7bb1 \u30e1\u30fc\u30eb \u30e1\u30fc\u30eb\u30a2\u30c9\u30ec\u30b9 \u90ae\u4ef6 \uc774\uba54\uc77c");

    static final String[] PHONE = words(
            "phone phoneno phonenumber telephone telephonenumber tel telno mobile mobileno"
                    + " mobilenumber mobilephone cellphone cellnumber msisdn fax faxno faxnumber handy handynummer tlf telefon"
                    + " telefonnummer telefono numerotelefono rufnummer mobil mobilnummer telefone celular movil"
                    + " contactnumber callerid callernumber whatsappnumber"
                    + " \u0442\u0435\u043b\u0435\u0444\u043e\u043d \u7535\u8bdd \u624b\u673a \u96fb\u8a71 \u96fb\u8a71\u756a\u53f7 \u643a\u5e2f \u643a\u5e2f\u96fb\u8a71 \u624b\u673a\u53f7 \u624b\u673a\u53f7\u7801 \u7535\u8bdd\u53f7\u7801 \u624b\u6a5f \uc804\ud654\ubc88\ud638");

    static final String[] IP =
            words("ip ipaddress ipaddr ipv4 ipv6 clientip remoteip sourceip srcip dstip userip remoteaddr"
                    + " remoteaddress clientaddress clientaddr xforwardedfor forwardedfor xrealip");

    static final String[] IBAN = words("iban ibannumber bic swift swiftcode");

    static final String[] NAME = words(
            "firstname lastname fullname surname givenname kontoinhaber kontoinhaberin karteninhaber versicherungsnehmer versicherter"
                    + " zahlungsempfanger auftraggeber kundenname patientenname titulaire titulairecompte titulaireducompte titular"
                    + " titularcuenta titulardelacuenta titularconta titulardaconta intestatario intestatarioconto rekeninghouder"
                    + " tenaamstelling kontohaver kontoinnehaver kontoinnehavare nombrecompleto nomecompleto nomcomplet nomepaciente"
                    + " nompatient nombrepaciente debtorname creditorname insuredname guarantorname nextofkin emergencycontact"
                    + " mothername fathername spousename \u540d\u524d \uc774\ub984 \u6301\u5361\u4eba  familyname middlename maidenname"
                    + " forename legalname personname customername clientname patientname employeename membername contactname"
                    + " cardholder cardholdername nameoncard accountholder accountholdername holdername ownername recipientname"
                    + " namefirst namelast namegiven namefamily namemiddle sendername payername payeename beneficiaryname subscribername guestname passengername motherfullname"
                    + " mothersmaidenname username loginname login realname vorname nachname familienname nom prenom nombre"
                    + " apellido apellidos cognome voornaam achternaam fornavn etternavn efternamn imie nazwisko sobrenome"
                    + " \u0444\u0430\u043c\u0438\u043b\u0438\u044f \u59d3\u540d \u6c0f\u540d");

    static final String[] BIRTH = words(
            "birthdate dob dateofbirth birthday birthdt borndate birthdatum geburtsdatum geburtstag"
                    + " datenaissance datedenaissance fechanacimiento fechadenacimiento datanascita nascimento datanascimento"
                    + " geboortedatum fodselsdato placeofbirth birthplace \u751f\u5e74\u6708\u65e5 \u51fa\u751f\u65e5\u671f \u751f\u65e5 \uc0dd\ub144\uc6d4\uc77c");

    static final String[] ADDRESS = words(
            "address street streetaddress streetname housenumber homeaddress postaladdress"
                    + " billingaddress shippingaddress deliveryaddress mailingaddress residentialaddress customeraddress"
                    + " addressline addressline1 addressline2 address1 address2 zip zipcode postalcode postcode plz city town"
                    + " strasse hausnummer ort wohnort anschrift adresse rue codepostal ville direccion domicilio calle"
                    + " codigopostal ciudad indirizzo adres endereco \u0430\u0434\u0440\u0435\u0441 \u5730\u5740 \u4f4f\u6240 \u4f4f\u5740 \uc8fc\uc18c");

    static final String[] NATIONAL =
            words("nationalid nationalidnumber nationalidentifier personalid personalnumber idnumber"
                    + " identitynumber identitycard taxid taxnumber taxpayerid taxidentificationnumber steuerid steuernummer"
                    + " steueridentifikationsnummer idnr tin nino nationalinsurancenumber insurancenumber dni nie nif nir insee"
                    + " numerosecu codicefiscale fiscalcode bsn burgerservicenummer pesel personnummer fodselsnummer cpr cprnumber"
                    + " hetu cpf rijksregisternummer niss insz aadhaar aadhar aadhaarnumber pannumberindia sin socialinsurancenumber"
                    + " tfn taxfilenumber nhs nhsnumber ahvnumber curp rut voterid residentid \u8eab\u4efd\u8bc1");

    static final String[] SSN = words("ssn ssnnumber socialsecuritynumber socialsecurity socialsecurityno itin");

    static final String[] DOCUMENT = words("passport passportno passportnumber driverlicense driverslicense"
            + " driverlicensenumber driverslicensenumber driverlicence drivinglicence licensenumber licencenumber dlnumber"
            + " reisepass ausweisnummer fuhrerscheinnummer pasaporte passeport");

    static final String[] GEO =
            words("latitude longitude lat lng lon geo geolocation geopoint gpscoordinates coordinates");

    static final String[] MEDICAL = words("mrn medicalrecordnumber medicalrecordno medicalrecord patientid patientno"
            + " patientnumber patientidentifier healthplanid healthplannumber healthplanbeneficiarynumber memberid insurancenumber insuranceno insurancepolicyno"
            + " membernumber subscriberid insuranceid insurancepolicynumber policynumber groupnumber medicareid"
            + " medicarenumber medicaidid medicaidnumber mbi hicn npi npinumber prescriptionnumber rxnumber chartnumber"
            + " encounterid krankenversichertennummer");

    static final String[] DATES = words(
            "admissiondate admitdate dateofadmission dischargedate dateofdischarge deathdate"
                    + " dateofdeath servicedate dateofservice visitdate dateofvisit appointmentdate encounterdate diagnosisdate"
                    + " surgerydate procedureddate proceduredate treatmentdate admitted discharged deceaseddate onsetdate");

    static final String[] ACCOUNT =
            words("accountnumber accountno accountnum acctno acctnum bankaccount bankaccountnumber"
                    + " routingnumber sortcode beneficiaryaccount kontonummer vin vehicleidentificationnumber vehicleid licenseplate"
                    + " licenceplate numberplate platenumber registrationplate deviceserial deviceserialnumber deviceid imei"
                    + " serialnumber certificatenumber");

    static final String[] ALLOWED = words("macaddress bindaddress serveraddress localaddress listenaddress hostaddress"
            + " memoryaddress baseaddress inetaddress socketaddress brokeraddress peeraddress proxyaddress contractaddress"
            + " walletaddress webaddress physicaladdress virtualaddress startaddress endaddress returnaddress nodeaddress"
            + " advertisedaddress localip serverip hostip nodeip podip bindip publicip hostname filename nickname classname"
            + " threadname methodname tablename topicname loggername gziptool unzip gzip emailtemplate nomail"
            + " isphone hasemail sendmail ismobile usermobile passport.js velocity capacity simplicity transport");

    private PersonNames() {}

    static String[] words(String text) {
        return text.split(" ", -1);
    }
}
