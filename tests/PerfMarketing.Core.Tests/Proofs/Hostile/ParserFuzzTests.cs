using System.Text;
using System.Text.Json;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tests.Serialization;
using PerfMarketing.Tests.Tool.Logs;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>Whatever bytes come in, every parser gives an answer of its type and no exception.</summary>
[Collection(HostileInputs.Name)]
public sealed class ParserFuzzTests
{
    private const int Jobs = 8;
    private const int PerMessages = 700_000;
    private const int PerFields = 450_000;
    private const int PerJson = 450_000;
    private const int PerContracts = 120_000;
    private const int PerLines = 120_000;
    private const int PerRows = 40_000;
    private const int PerClaims = 200_000;

    private static readonly SignedSample[] Samples =
        [.. SignedSamples.Codes, .. SignedSamples.Signatures, .. SignedSamples.Tokens];

    private static readonly byte[][] Corpus = [.. JsonCorpus.All().Select(static row => (byte[])row[2])
        .Where(static t => t.Length is > 0 and < 2_000)];

    private static readonly byte[][] Campaigns = [.. Directory
        .GetFiles(Path.Combine(SourceTree.Root, "docs/samples"), "campaign.json", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly byte[][] Lines = [.. new[]
    {
        """{"type":"touch","id":"t-1","at":"2026-03-02T09:07:30Z","customer":"c","partner":"p","channel":"email"}""",
        """{"type":"outcome","id":"o-1","at":"2026-03-12T18:00:00Z","kind":"sale","value":"200.00 EUR"}""",
        """{"type":"evidence","id":"psp-1","outcome":"o-1","kind":"order-paid","at":"2026-03-12T18:01:00Z"}""",
        """{"type":"evidence","id":"e","outcome":"o-1","verdict":{"kind":"paid","scheme":"jws","""
            + """ "authenticity":"valid","claims":[{"name":"a","value":"1"}],"receivedAt":"2026-03-12T18:01:00Z"}}""",
        """{"type":"invalidation","id":"i","contract":"c","partner":"p","from":"2026-03-01T00:00:00Z","""
            + """ "to":"2026-04-01T00:00:00Z","at":"2026-04-10T09:00:00Z","quantity":12,"author":"a","note":"n"}""",
        """{"type":"correction","correction":"amount-return","id":"x-1","outcome":"o-1","at":"2026-03-20T10:00:00Z" """
            + ""","amount":"40.00 EUR"}""",
    }.Select(Encoding.UTF8.GetBytes)];

    private const string RowsHeader =
        "type,id,at,customer,partner,outcome,kind,value,quantity,correction,isTest,facts.a";

    private static readonly byte[][] Rows = [.. new[]
    {
        "touch,t1,2026-03-01T10:00:00Z,c1,p1,,,,,,,",
        "outcome,o1,2026-03-01T10:05:00Z,\"c,\"\"1\"\"\",,,sale,9.00 EUR,3,,false,4.5",
        "evidence,e1,2026-03-02T00:00:00Z,,,o1,order-paid,,,,,",
        "correction,x1,2026-03-03T00:00:00Z,,,o1,,,,retraction,,",
    }.Select(Encoding.UTF8.GetBytes)];

    private const string MappedHeader = "time,customer,channel,interaction,conversion";

    private static readonly byte[][] MappedRows = [.. new[]
    {
        "2018-07-01T11:33:26Z,c-1,search,impression,0", "2018-07-03T07:38:25Z,\"c-1\",search,conversion,1",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] Sources =
    [
        "body:/a/0/b~1c", "form:amount", "query:amount", "header:x-amount", "claim:amount",
        "body:/data/object/amount",
    ];

    private static readonly EvidenceVerdict Believed = new()
    {
        Kind = "paid",
        Scheme = SchemeId.Jws,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Covered = ["body", "query", "header:x-amount"],
        ReplayKey = new("e"),
        ReceivedAt = ProofVectors.LongAgo,
    };

    private static readonly DeliveryTerms Dlr = new("dlr-text", "stat");

    private static readonly ProofSubject Sold = ProofSubject.Of(new Outcome
    {
        Id = new("o1"),
        At = ProofVectors.LongAgo,
        Kind = OutcomeKind.Sale,
        Value = 49.90m.Eur,
    }) with
    {
        Uses = ["amount", "currency"],
    };

    [Fact]
    public void Two_million_hostile_inputs_give_answers_and_no_exceptions()
    {
        int messages = Run(PerMessages, static mutator => Message(mutator));
        int fields = Run(PerFields, static mutator => Field(mutator));
        int json = Run(PerJson, static mutator => Json(mutator));
        int contracts = Run(PerContracts, static mutator => Contract(mutator));
        int claims = Run(PerClaims, static mutator => Claims(mutator));
        int lines = RunLines(PerLines, Lines, null, static (log, sink) => new JsonLinesLog(log, new(), sink));

        (messages + fields + json + contracts + claims + lines).Should().BeGreaterThanOrEqualTo(2_000_000);
        lines.Should().BeGreaterThanOrEqualTo(PerLines);
    }

    [Fact]
    public void Hostile_rows_of_a_log_are_taken_or_set_aside()
    {
        LogMapping mapping = TermJson.Parse(LogText.Mapping, LogMapping.Read);

        RunLines(PerRows, Rows, RowsHeader, static (log, sink) => new NativeCsvLog("log.csv", new(log), new(), sink))
            .Should().BeGreaterThanOrEqualTo(PerRows);
        RunLines(
            PerRows,
            MappedRows,
            MappedHeader,
            (log, sink) => new MappedLog("log.csv", new(log), mapping, new(), sink),
            isOneEach: false).Should().BeGreaterThanOrEqualTo(PerRows);
    }

    // Each job has its own seed, so that the inputs do not depend on which core takes which job.
    private static int Run(int count, Action<Mutator> take)
    {
        int taken = 0;
        Parallel.For(0, Jobs, job =>
        {
            Mutator mutator = new(job);
            for (int i = job; i < count; i += Jobs)
            {
                take(mutator);
                Interlocked.Increment(ref taken);
            }
        });
        return taken;
    }

    private static void Message(Mutator mutator)
    {
        SignedSample sample = Samples[mutator.Next(Samples.Length)];
        EvidenceInput input = mutator.Change(
            sample.Input, Samples[mutator.Next(Samples.Length)].Input.Body.Span);

        EvidenceVerdict verdict = sample.Verify(input);

        bool isSound = (verdict.Reason is null) == verdict.IsValid
            && (verdict.Strength == ProofStrength.None) == !verdict.IsValid
            && (verdict.IsValid || verdict is { ReplayKey: null, Claims.Count: 0, Covered.Count: 0 })
            && verdict.Content == (verdict.IsValid ? verdict.Content : Digest.Of(input.Body.Span));
        if (!isSound || (mutator.Next(8) == 0 && !IsWritten(verdict)))
        {
            throw new InvalidOperationException($"{sample.Name}: {verdict}");
        }
    }

    // A verdict is stored: what a stranger sent must not keep it from being written.
    private static bool IsWritten(EvidenceVerdict verdict) =>
        TermJson.Parse(TermJson.Write(verdict), EvidenceVerdict.Read) == verdict;

    // What is read after a signature was believed: whoever holds a key may be hostile too.
    private static void Claims(Mutator mutator)
    {
        SignedSample sample = Samples[mutator.Next(Samples.Length)];
        EvidenceInput input = mutator.Change(sample.Input, Corpus[mutator.Next(Corpus.Length)]);
        string place = mutator.Change(Sources[mutator.Next(Sources.Length)]);
        ClaimSource source = ClaimSource.TryParse(place, null, out ClaimSource made) ? made : Sources[0];
        EvidenceVerdict believed = Believed with { Kind = input.Kind, Scheme = input.Scheme };

        EvidenceVerdict read = ClaimReader.Read(believed, input, [new("a", source), new("b", "body:/order/0/total")]);
        string? status = read.Claims.Count == 0 ? null : read.Claims[0].Value;
        _ = Dlr.Read(mutator.Next(2) == 0 ? status : mutator.Change("DELIVRD"));
        _ = new RequiredProof(input.Kind) { Claims = [new(source.ToString()) { Matches = "amount" }] }
            .Judge(Sold with { Fields = [new("amount", source) { Unit = Unit(mutator) }] }, [read], input.ReceivedAt);
        if (!read.IsValid || read.Claims.Count > 2 || (mutator.Next(8) == 0 && !IsWritten(read)))
        {
            throw new InvalidOperationException($"{source}: {read}");
        }
    }

    private static ClaimUnit Unit(Mutator mutator) => (ClaimUnit)mutator.Next(4);

    private static void Field(Mutator mutator)
    {
        string text = mutator.Change(mutator.Next(5) switch
        {
            0 => "sig1=(\"@method\" \"date\");created=1618884473;keyid=\"k\", b=();expires=1;nonce=\"a\\\"b\"",
            1 => "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, md5=:AAAA:",
            2 => "https://Shop.example:443/a/b?c=%41&d#e",
            3 => "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=",
            _ => "1618884473",
        });
        _ = HttpSignatureInput.Read(text, HttpMessageSignatures.SignaturesMax);
        _ = StructuredFieldReader.BytesByKey(text, HttpMessageSignatures.SignaturesMax);
        _ = HttpTarget.Read(text);
        _ = SignedTime.TryRead(text, out _);
        _ = CompactJws.TryRead(Encoding.UTF8.GetBytes(text), out _, out _);
        Span<byte> raw = stackalloc byte[DerSignature.RawLength];
        if (StrictBase64.TryDecode(text, out byte[]? bytes))
        {
            _ = DerSignature.TryRead(bytes, raw);
            if (Convert.ToBase64String(bytes) != text)
            {
                throw new InvalidOperationException($"Another spelling was taken: {text}");
            }
        }
    }

    private static void Json(Mutator mutator)
    {
        byte[] text = mutator.Change(
            Corpus[mutator.Next(Corpus.Length)], Corpus[mutator.Next(Corpus.Length)]);
        TermFailures failures = [];
        bool isRead = JsonText.TryRead(text, failures, out _);
        using JsonDocument? document = StrictJson.Parse(text);
        if (isRead != failures.IsEmpty || (document is not null && !IsReadable(document.RootElement)))
        {
            throw new InvalidOperationException(Convert.ToBase64String(text));
        }
    }

    private static bool IsReadable(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(static m => m.Name is not null && IsReadable(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsReadable),
        JsonValueKind.String => element.GetString() is not null,
        _ => true,
    };

    private static void Contract(Mutator mutator)
    {
        byte[] text = mutator.Change(
            Campaigns[mutator.Next(Campaigns.Length)], Campaigns[mutator.Next(Campaigns.Length)]);
        TermFailures failures = [];
        if (CampaignJson.TryParseCampaign(text, failures, out _) != failures.IsEmpty)
        {
            throw new InvalidOperationException(Convert.ToBase64String(text));
        }
    }

    private static int RunLines(
        int count, byte[][] samples, string? header, Func<LineReader, ILogSink, ILogReader> open, bool isOneEach = true)
    {
        int all = 0;
        Parallel.For(0, Jobs, job =>
        {
            Mutator mutator = new(job);
            using MemoryStream log = new();
            log.Write(Encoding.UTF8.GetBytes(header is null ? string.Empty : header + "\n"));
            for (int i = job; i < count; i += Jobs)
            {
                log.Write(mutator.Change(samples[mutator.Next(samples.Length)], samples[mutator.Next(samples.Length)]));
                log.WriteByte((byte)'\n');
                Interlocked.Increment(ref all);
            }

            log.Position = 0;
            CountingSink sink = new();
            ILogReader reader = open(new(log), sink);
            int records = 0;
            while (reader.Read())
            {
                records++;
            }

            if (isOneEach ? sink.Count != records : sink.Count < records / 2)
            {
                throw new InvalidOperationException($"{records} lines gave {sink.Count} answers.");
            }
        });
        return all;
    }

    private sealed class CountingSink : ILogSink
    {
        internal int Count { get; private set; }

        public void Line(long number)
        {
            // Only answers count.
        }

        public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id) => Count++;

        public bool Outcome(Outcome outcome, int ownTouch = -1) => ++Count > 0;

        public void Unnamed(Outcome outcome, int ownTouch) => Count++;

        public void Evidence(LogEvidence evidence) => Count++;

        public void Correction(Correction correction) => Count++;

        public void Invalidation(LogInvalidation invalidation) => Count++;

        public void Claim(LogClaim claim) => Count++;

        public void Reject(RejectedLine line) => Count++;
    }
}
