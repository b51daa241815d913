package io.inkfast.mask.scan;

/** The words of sentences that name a secret, in seven languages, folded and in lower case; each with its blanks. */
final class SentenceWords {

    /** Between a name and whose it is. */
    static final String[] OWNERS =
            words("for |of |fur |fuer |von |vom |der |des |de |du |del |della |di |per |pour |para |por |do |da |"
                    + "dos |voor |van |av |til |dla ");

    /** Behind these stands the value. */
    static final String[] VERBS =
            words("is |was |are |were |be |to |-> |=> |= |: |by |being |equals |reads |set to |changed to |"
                    + "reset to |updated to |set to: |will be |has been set to |has been changed to |"
                    + "has been reset to |was changed to |was reset to |was set to |should be |c'est |lautet |ist |"
                    + "war |lautete |heisst |wird |auf |zu |wurde auf |wurde zu |est |etait |sera |devient |es |era |"
                    + "fue |e |eh |foi |is nu |luidt |wordt |naar |is now |er |ar |to jest |jest |in |en |a ");

    /** Between a verb and the value. */
    static final String[] ADVERBS =
            words("now |still |currently |probably |again |just |simply |set to |changed to |reset to |nun |jetzt |"
                    + "aktuell |weiterhin |maintenant |ahora |agora |ora |adesso |nu |desormais |toujours |"
                    + "sigue siendo |actualmente |geworden |le |dies |this: |following: |: ");

    /** Between a value and its name. */
    static final String[] LINKS =
            words(" is not| was not| was set as| set as| used as| is| was| as| ist| war| als| es| era| como| est|"
                    + " etait| comme| e| come| sera| fue| foi| ->| =");

    /** Between those and the name. */
    static final String[] FILLERS =
            words(" the| my| your| our| his| her| their| a| an| new| old| current| temporary| initial| default|"
                    + " correct| right| wrong| actual| real| root| admin| user| db| database| master| login| api|"
                    + " access| secret| card| mot| de| das| die| der| mein| meine| dein| deine| ihr| ihre| neue| neues|"
                    + " alte| altes| mi| la| el| su| tu| le| mon| ma| votre| il| mia| minha| o| sua| het| mijn| uw|"
                    + " nueva| nova| nouveau| nuova| l'| one-time| private");

    /** Behind a name, these make it another. */
    static final String[] OTHERS =
            words(" prot| hash| enc| reset| field| polic| mana| type| form| gran| leng| rule| stor| vault| prov|"
                    + " prompt| age| hist| stren| gen| count| bucket| valid| limit");

    private SentenceWords() {}

    private static String[] words(String text) {
        return text.split("\\|", -1);
    }

    /** Behind the longest of these words that begins here, or here. */
    static int behind(char[] c, int n, int at, String[] words) {
        int best = at;
        for (String word : words) {
            if (at < n && Chars.toLower(c[at]) == word.charAt(0) && Chars.at(c, at, n, word)) {
                best = Math.max(best, at + word.length());
            }
        }
        return best;
    }

    /** Where one of these words begins that ends here, or here. */
    static int ahead(char[] c, int low, int end, String[] words) {
        for (String word : words) {
            int start = end - word.length();
            if (start >= low
                    && Chars.toLower(c[end - 1]) == word.charAt(word.length() - 1)
                    && Chars.at(c, start, end, word)) {
                return start;
            }
        }
        return end;
    }
}
