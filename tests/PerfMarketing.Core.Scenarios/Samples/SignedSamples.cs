using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The logs of the two samples with signed evidence: signed, verified and written down.</summary>
internal static class SignedSamples
{
    public const string Orders = "docs/samples/signed-orders";
    public const string Payments = "docs/samples/collected-payments";

    private const string ShopSecret = "whsec_c2FtcGxlIHNlY3JldCBvZiB0aGUgb2FrIHRlYSBzaG9w";
    private const string PaySecret = "whsec_sample_secret_of_north_energy";

    private static readonly ProofKey Shop = StandardWebhooks.Key(new("shop-2026"), ShopSecret) with
    {
        Party = new PartyId("oak-tea-shop"),
    };

    private static readonly ProofKey Stranger =
        StandardWebhooks.Key(new("stranger"), "whsec_YW5vdGhlciBzZWNyZXQgb2Ygc29tZWJvZHkgZWxzZQ==");

    private static readonly ProofKey Payment = Stripe.Key(new("stripe-2026"), PaySecret) with
    {
        Party = new PartyId("payment-provider"),
    };

    /// <summary>The log of the shop whose webhooks are Standard Webhooks.</summary>
    public static string OrderLog()
    {
        Log log = new(Orders, new(Shop));
        log.Sale("sale-proven", 3, "100.00");
        log.Message("sale-proven", 3, Ordered("sale-proven", 10_000));
        log.Sale("sale-bare", 4, "80.00");
        log.Message("sale-bare", 4, Webhook("msg-sale-bare", 4, """{"order":{"number":"A-sale-bare"}}""", Shop));
        log.Sale("sale-silent", 5, "60.00");
        log.Sale("sale-forged", 6, "70.00");
        log.Message("sale-forged", 6, Ordered("sale-forged", 7_000, Stranger, day: 6));
        log.Sale("sale-dear", 7, "900.00");
        log.Message("sale-dear", 7, Ordered("sale-dear", 9_000, day: 7));
        log.Sale("sale-word", 8, "50.00");
        log.Line($$"""{"type":"evidence","id":"word-1","outcome":"sale-word","kind":"order-paid","at":"{{At(8)}}"}""");
        log.Sale("sale-open", 27, "40.00");
        return log.ToString();
    }

    /// <summary>The log of the agency whose payments the payment provider reports.</summary>
    public static string PaymentLog()
    {
        Log log = new(Payments, new(Payment));
        log.Payment("rate-1", 3, "250.00", 1);
        log.Message("rate-1", 3, Paid("rate-1", 3, 25_000, ",\"metadata\":{\"instalment\":\"1\"}"));
        log.Payment("rate-2", 10, "250.00", 2);
        log.Payment("rate-3", 11, "250.00", 3);
        log.Message("rate-3", 11, Paid("rate-3", 11, 25_000, string.Empty));
        log.Payment("rate-4", 12, "250.00", 4);
        log.Message("rate-4", 12, Paid("rate-1", 12, 25_000, ",\"metadata\":{\"instalment\":\"1\"}"));
        log.Payment("rate-5", 13, "250.00", 5);
        log.Message("rate-5", 13, Paid("rate-5", 13, null, ",\"metadata\":{\"instalment\":\"5\"}"));
        log.Payment("rate-6", 27, "250.00", 6);
        return log.ToString();
    }

    private static string At(int day) => InstantPattern.General.Format(Instant.FromUtc(2026, 3, day, 12, 0));

    private static EvidenceInput Ordered(string sale, int total, ProofKey? key = null, int day = 3) => Webhook(
        $"msg-{sale}",
        day,
        $$$"""{"order":{"number":"A-{{{sale}}}","total":{{{total}}},"currency":"EUR"}}""",
        key ?? Shop);

    private static EvidenceInput Webhook(string id, int day, string body, ProofKey key)
    {
        Instant at = Instant.FromUtc(2026, 3, day, 12, 1);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        return new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.StandardWebhooks,
            ReceivedAt = at,
            Body = bytes,
            Headers = StandardWebhooks.Sign(key, new(id), at, bytes),
        };
    }

    private static EvidenceInput Paid(string id, int day, int? amount, string more)
    {
        Instant at = Instant.FromUtc(2026, 3, day, 12, 1);
        string received = amount is { } minor ? $"\"amount_received\":{minor}," : string.Empty;
        string body = "{\"id\":\"evt_" + id + "\",\"data\":{\"object\":{" + received
            + "\"currency\":\"eur\"" + more + "}}}";
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] code = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(PaySecret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return new()
        {
            Kind = "payment-collected",
            Scheme = SchemeId.Stripe,
            ReceivedAt = at,
            Body = Encoding.UTF8.GetBytes(body),
            Headers = [new("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(code)}")],
        };
    }

    /// <summary>What a host writes down: events, and of messages what the verifier said of them.</summary>
    private sealed class Log(string folder, KeyRing keys)
    {
        private readonly StringBuilder text = new();
        private readonly ValueList<ClaimField> fields =
            CampaignJson.ParseCampaign(KeptFile.Read($"{folder}/campaign.json")).Contracts[0].Claims;

        public void Line(string line) => text.Append(line).Append('\n');

        public void Sale(string id, int day, string value)
        {
            Touch(id, day, "leaf-notes");
            Line($$"""{"type":"outcome","id":"{{id}}","at":"{{At(day)}}","customer":"{{id}}","kind":"sale" """
                + $$""","value":"{{value}} EUR","orderId":"A-{{id}}"}""");
        }

        public void Payment(string id, int day, string value, int number)
        {
            Touch(id, day, "fair-dues");
            Line($$"""{"type":"outcome","id":"{{id}}","at":"{{At(day)}}","customer":"{{id}}" """
                + $$$""","kind":"payment-collected","value":"{{{value}}} EUR","facts":{"instalment":{{{number}}}}}""");
        }

        private void Touch(string id, int day, string partner) =>
            Line($$"""{"type":"touch","id":"t-{{id}}","at":"{{At(day - 1)}}","customer":"{{id}}" """
                + $$""","partner":"{{partner}}"}""");

        // The verifier never throws and never believes: what it says is what the log says.
        public void Message(string outcome, int day, EvidenceInput input)
        {
            EvidenceVerdict verdict = ClaimReader.Read(EvidenceSchemes.Default.Verify(input, keys), input, fields);
            Line($$"""{"type":"evidence","id":"{{verdict.ReplayKey?.Value ?? $"refused-{day}"}}" """
                + $$""","outcome":"{{outcome}}","verdict":{{TermJson.Write(verdict)}}}""");
        }

        public override string ToString() => text.ToString();
    }
}
