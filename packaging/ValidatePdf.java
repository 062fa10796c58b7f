import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether files comply with standards: {@code java ValidatePdf ua1,2a FILE...}.
 *
 * <p>One line a file and standard, "ok" or "BAD" and both names; under a bad one each rule that is broken, how often, and
 * where it is first. It ends with 0 where all comply, with 1 where any does not.
 */
public final class ValidatePdf {
    private static final class Broken {
        final String first;
        int times = 1;

        Broken(String first) {
            this.first = first;
        }
    }

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = arguments.length > 1;
        for (int at = 1; at < arguments.length; at++) {
            for (String standard : arguments[0].split(",")) {
                good &= complies(new File(arguments[at]), standard);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean complies(File file, String standard) {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(standard);
        try (PDFAParser parser = foundry.createParser(file, flavour);
                PDFAValidator validator = foundry.createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "ok " : "BAD ") + standard + " " + file);
            report(result);
            return result.isCompliant();
        } catch (Exception fault) {
            System.out.println("BAD " + standard + " " + file + "\n  cannot be read: " + fault);
            return false;
        }
    }

    private static void report(ValidationResult result) {
        Map<String, Broken> rules = new LinkedHashMap<>();
        for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
            Broken known = rules.get(rule);
            if (known == null) {
                rules.put(rule, new Broken(one.getMessage() + " @ " + one.getLocation().getContext()));
            } else {
                known.times++;
            }
        }
        rules.forEach((rule, broken) ->
                System.out.println("  " + rule + ", " + broken.times + " times: " + broken.first));
    }
}
