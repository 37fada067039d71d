using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Tests.Proofs;

public sealed class ClaimReaderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);

    private const string Body = """
        {"data":{"object":{"amount":4990,"currency":"eur","live":true,"note":null,"id":"ch_1"}},
        "items":[{"sku":"a"},{"sku":"b"}],"a/b":{"c~d":"x"},"total":"49.90"}
        """;

    private static readonly string Exponent = Body.Replace("4990", "499e1", StringComparison.Ordinal);

    [Theory]
    [InlineData("a number", "body:/data/object/amount", "4990")]
    [InlineData("a text", "body:/data/object/currency", "eur")]
    [InlineData("a flag", "body:/data/object/live", "true")]
    [InlineData("null is nothing", "body:/data/object/note", null)]
    [InlineData("an object is nothing", "body:/data/object", null)]
    [InlineData("an item", "body:/items/1/sku", "b")]
    [InlineData("an item that is not there", "body:/items/2/sku", null)]
    [InlineData("an index of two digits", "body:/items/01/sku", null)]
    [InlineData("escaped names", "body:/a~1b/c~0d", "x")]
    [InlineData("another place", "form:total", null)]
    public void Pointers_find_values(string because, string source, string? expected) =>
        Value(Read(Body, source), source).Should().Be(expected, because);

    [Theory]
    [InlineData("a name twice", """{"amount":1,"amount":999}""")]
    [InlineData("no JSON", "amount=1")]
    [InlineData("cut off", """{"amount":1""")]
    [InlineData("half a pair", """{"amount":"\ud800"}""")]
    [InlineData("half a pair in a name", """{"\ud800":1,"amount":1}""")]
    [InlineData("half a pair within a name", """{"amoun\ud800":1,"x":{"\udc00t":2},"amount":1}""")]
    [InlineData("a byte order mark", "\uFEFF{\"amount\":1}")]
    [InlineData("empty", "")]
    public void Hostile_bodies_make_no_claim_and_stay_authentic(string because, string body)
    {
        EvidenceVerdict verdict = Read(body, "body:/amount");

        verdict.IsValid.Should().BeTrue(because);
        verdict.Claims.Should().BeEmpty(because);
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        string deep = new string('[', 40) + new string(']', 40);
        string longText = $$"""{"amount":"{{new string('9', EvidenceClaim.LengthMax + 1)}}"}""";

        Read($$"""{"amount":1,"x":{{deep}}}""", "body:/amount").Claims.Should().BeEmpty();
        Read(longText, "body:/amount").Claims.Should().BeEmpty();
        ClaimReader.Read(Valid("body"), Input([0xFF, 0xFE]), [new("a", "body:/a")]).Claims.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a field", "sum=49.90&id=7", "49.90")]
    [InlineData("decoded", "s%75m=49%2E90+x", "49.90 x")]
    [InlineData("twice", "sum=1&sum=2", null)]
    [InlineData("without a value", "sum", "")]
    [InlineData("with a broken escape beside it", "sum=1&x=%zz", null)]
    [InlineData("empty", "sum=", "")]
    public void Forms_and_queries_have_each_name_once(string because, string pairs, string? expected)
    {
        Value(Read(pairs, "form:sum"), "form:sum").Should().Be(expected, because);
        EvidenceInput input = new()
        {
            Kind = "paid",
            Scheme = "acme.x",
            ReceivedAt = Now,
            Request = new("GET", $"https://a.example/cb?{pairs}#end"),
        };
        Value(ClaimReader.Read(Valid("query"), input, [new("amount", "query:sum")]), "query:sum").Should()
            .Be(expected, because);
    }

    [Fact]
    public void Only_what_the_signature_covers_becomes_a_claim()
    {
        EvidenceInput input = new()
        {
            Kind = "paid",
            Scheme = "acme.x",
            ReceivedAt = Now,
            Headers = [new("X-Sum", "5")],
            Body = Encoding.UTF8.GetBytes("""{"sum":"4"}"""),
        };
        ValueList<ClaimField> fields = [new("amount", "header:x-sum"), new("total", "body:/sum")];

        EvidenceVerdict read = ClaimReader.Read(Valid("body"), input, fields);

        read.Claims.Should().Equal(new EvidenceClaim("body:/sum", "4"));
        read.Uncovered.Should().Equal(new EvidenceClaim("header:x-sum", "5"));
        ClaimReader.Read(Valid("header:x-sum"), input, fields).Claims.Should()
            .Equal(new EvidenceClaim("header:x-sum", "5"));
        ClaimReader.Read(Valid("body") with { Authenticity = Authenticity.Invalid }, input, fields).Claims.Should()
            .BeEmpty();
    }

    [Fact]
    public void Fields_of_other_kinds_and_schemes_are_passed_over()
    {
        ClaimField field = new("amount", "body:/sum");
        EvidenceInput input = Input("""{"sum":"4"}"""u8.ToArray());

        ClaimReader.Read(Valid("body"), input, [field with { Kind = "shipped" }]).Claims.Should().BeEmpty();
        ClaimReader.Read(Valid("body"), input, [field with { Scheme = "acme.y" }]).Claims.Should().BeEmpty();
        ClaimReader.Read(Valid("body"), input, [field with { Kind = "paid", Scheme = "acme.x" }]).Claims.Should()
            .HaveCount(1);
    }

    public static TheoryData<string, ClaimField, string, string> Units => new()
    {
        { "minor units of the claimed currency", Amount(ClaimUnit.Minor), Body, "qualified" },
        { "of an agreed one", Amount(ClaimUnit.Minor) with { Currency = Currency.Eur }, Body, "qualified" },
        { "yen have no cents", Amount(ClaimUnit.Minor) with { Currency = Currency.Jpy }, Body, "disputed" },
        { "taken for major units", Amount(ClaimUnit.Decimal), Body, "disputed" },
        { "a decimal", new("amount", "body:/total") { Unit = ClaimUnit.Decimal }, Body, "qualified" },
        { "a decimal is not in cents", new("amount", "body:/total") { Unit = ClaimUnit.Minor }, Body, "pending" },
        { "an exponent", Amount(ClaimUnit.Decimal), Exponent, "pending" },
        { "nothing", new("amount", "body:/nothing"), Body, "pending" },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_contract_says_how_a_field_is_read(string because, ClaimField field, string body, string expected)
    {
        ValueList<ClaimField> fields = [field, new("currency", "body:/data/object/currency")];
        ProofSubject subject = Subject() with { Fields = fields, Uses = ["amount"] };
        EvidenceVerdict verdict = ClaimReader.Read(Valid("body"), Input(Encoding.UTF8.GetBytes(body)), fields);
        ProofPolicy policy = ProofPolicy.Require("paid");

        ProofPolicyTests.Name(policy.Judge(subject, [verdict], Now)).Should().Be(expected, because);
    }

    [Fact]
    public void A_field_may_rename_and_rescale_what_a_scheme_reads_by_itself()
    {
        EvidenceVerdict verdict = Valid("body") with { Claims = [new("amount-minor", "4990"), new("amount", "4990")] };
        ProofPolicy policy = ProofPolicy.Require("paid") with { Claims = [new("amount") { Matches = "amount" }] };
        ProofSubject subject = Subject();
        ClaimField field = new("amount", "claim:amount-minor") { Unit = ClaimUnit.Minor, Currency = Currency.Eur };

        ProofPolicyTests.Name(policy.Judge(subject, [verdict], Now)).Should().Be("disputed");
        ProofPolicyTests.Name(policy.Judge(subject with { Fields = [field] }, [verdict], Now)).Should().Be("qualified");
    }

    [Theory]
    [InlineData("95", true)]
    [InlineData("95.0", true)]
    [InlineData("1:35", true)]
    [InlineData("00:01:35", true)]
    [InlineData("01:61", false)]
    [InlineData("1:5", false)]
    [InlineData("1:2:3:4", false)]
    [InlineData(":35", false)]
    public void Seconds_may_be_written_as_a_clock(string text, bool expected)
    {
        ClaimField field = new("call-seconds", "claim:duration") { Unit = ClaimUnit.Seconds };
        EvidenceVerdict verdict = Valid("body") with { Claims = [new("duration", text)] };
        ProofPolicy policy = ProofPolicy.Require("paid") with
        {
            Claims = [new("call-seconds") { Matches = "call-seconds" }],
        };

        (policy.Judge(Subject() with { Fields = [field] }, [verdict], Now) is Qualification.Qualified).Should()
            .Be(expected, text);
    }

    [Theory]
    [InlineData("body:/a", true)]
    [InlineData("body:a", false)]
    [InlineData("body:", false)]
    [InlineData("cookie:a", false)]
    [InlineData("a", false)]
    [InlineData("query:\u00e9", false)]
    public void A_source_has_a_place_and_a_name(string text, bool valid) =>
        ClaimSource.TryParse(text, null, out _).Should().Be(valid, text);

    private static ClaimField Amount(ClaimUnit unit) => new("amount", "body:/data/object/amount") { Unit = unit };

    private static ProofSubject Subject() => ProofSubject.Of(new Outcome
    {
        Id = new("o1"),
        At = Now,
        Kind = OutcomeKind.Sale,
        Value = 49.90m.Eur,
        Facts = [Facts.CallSeconds.Of(95)],
    });

    private static EvidenceVerdict Read(string body, string source) => ClaimReader.Read(
        Valid("body"), Input(Encoding.UTF8.GetBytes(body)), [new("amount", ClaimSource.Parse(source))]);

    private static string? Value(EvidenceVerdict verdict, string source) =>
        verdict.Claims.Where(c => c.Name == source).Select(static c => c.Value).SingleOrDefault();

    private static EvidenceInput Input(byte[] body) => new()
    {
        Kind = "paid",
        Scheme = "acme.x",
        ReceivedAt = Now,
        Body = body,
    };

    private static EvidenceVerdict Valid(string covered) => new()
    {
        Kind = "paid",
        Scheme = "acme.x",
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Covered = [covered],
        ReplayKey = new EvidenceId("a"),
        ReceivedAt = Now,
    };
}
