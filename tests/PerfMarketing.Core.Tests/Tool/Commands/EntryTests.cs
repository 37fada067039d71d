using System.Globalization;
using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

public sealed class EntryTests
{
    [Fact]
    public void Settle_is_told_everything()
    {
        (int code, FakeActions actions, _, _) = Run(
            "settle", "c.json", "--events", "log.csv", "--map", "map.json", "--period", "2018-07", "--as-of",
            "2018-08-01T00:00:00Z", "--previous", "before", "--out", "after", "--json", "--strict", "--sorted",
            "--explain", "full", "--seal-key", "key", "--proofs");

        code.Should().Be(7);
        actions.Told.Should().Be(new SettleRequest(
            new("c.json", "log.csv", "map.json", Instant.FromUtc(2018, 8, 1, 0, 0)),
            new YearMonth(2018, 7), "before", "after", IsJson: true, IsStrict: true, IsSorted: true)
        {
            Explain = DecisionDetail.Full,
            SealKey = "key",
            HasProofs = true,
        });
    }

    [Fact]
    public void What_is_not_said_is_not_set()
    {
        Run("settle", "c.json", "--events", "log.csv").Actions.Told.Should().Be(
            new SettleRequest(new("c.json", "log.csv", null, null), null, null, null, false, false, false));
        Run("validate", "c.json").Actions.Told.Should().Be("c.json");
        Run("diff", "old.json", "new.json").Actions.Told.Should().Be(new DiffRequest("old.json", "new.json", false));
        Run("diff", "a", "b", "--json").Actions.Told.Should().Be(new DiffRequest("a", "b", IsJson: true));
        Run("audit", "out").Actions.Told.Should().Be(new AuditRequest("out", false, null));
        Run("audit", "out", "--json", "--head", $"3:{default(Digest)}").Actions.Told.Should().Be(
            new AuditRequest("out", IsJson: true, new(3, default)));
        Run("verify", "--scheme", "pm1").Actions.Told.Should().Be(new VerifyRequest("pm1", null));
        Run("schema", "contract").Actions.Told.Should().Be(FileKind.Contract);
        Run("explain", "c.json", "--events", "log.csv", "--outcome", "o1").Actions.Told.Should().Be(
            new ExplainRequest(new("c.json", "log.csv", null, null), new("o1"), new(AudienceKind.Advertiser)));
    }

    [Fact]
    public void Compare_is_told_everything()
    {
        Run("compare", "a.json", "b.json", "--events", "log.csv").Actions.Told.Should().Be(
            new CompareRequest(["a.json", "b.json"], new("a.json", "log.csv", null, null)));
        Run(
            "compare", "a.json", "b.json", "c.json", "--events", "log.csv", "--map", "map.json", "--as-of",
            "2018-08-01T00:00:00Z", "--acquisition", "lead", "--acquisition", "sale", "--revenue", "sale", "--out", "o",
            "--picture", "p.svg", "--json", "--strict").Actions.Told.Should().Be(
            new CompareRequest(
                ["a.json", "b.json", "c.json"],
                new("a.json", "log.csv", "map.json", Instant.FromUtc(2018, 8, 1, 0, 0)))
            {
                Acquisitions = ["lead", "sale"],
                Revenue = ["sale"],
                Out = "o",
                Picture = "p.svg",
                IsJson = true,
                IsStrict = true,
            });
    }

    [Theory]
    [InlineData("advertiser", "Advertiser", null)]
    [InlineData("network", "Network", null)]
    [InlineData("partner:p 1", "Partner", "p 1")]
    public void Audiences_are_parties(string text, string kind, string? partner)
    {
        ExplainRequest told = (ExplainRequest)Run(
            "explain", "c.json", "--events", "log.csv", "--outcome", "o1", "--audience", text).Actions.Told!;
        (told.Audience.Kind.ToString(), told.Audience.Partner?.Value).Should().Be((kind, partner));
    }

    [Theory]
    [InlineData("no events", "settle c.json")]
    [InlineData("no campaign", "settle --events log.csv")]
    [InlineData("no such command", "setle c.json --events log.csv")]
    [InlineData("no such option", "settle c.json --events log.csv --fast")]
    [InlineData("no such month", "settle c.json --events log.csv --period 2018-13")]
    [InlineData("no such level", "settle c.json --events log.csv --explain much")]
    [InlineData("no such instant", "settle c.json --events log.csv --as-of 2018-07-01")]
    [InlineData("nothing to compare with", "diff old.json")]
    [InlineData("one campaign alone", "compare a.json --events log.csv")]
    [InlineData("no such kind", "compare a.json b.json --events log.csv --acquisition Sale!")]
    [InlineData("no such schema", "schema outcome")]
    [InlineData("no outcome", "explain c.json --events log.csv")]
    [InlineData("no such audience", "explain c.json --events log.csv --outcome o1 --audience everybody")]
    [InlineData("a key for no files", "settle c.json --events log.csv --seal-key key")]
    [InlineData("proofs for no files", "settle c.json --events log.csv --proofs")]
    [InlineData("a mapping of paths", "attribute log.csv --paths-file --map m.json")]
    [InlineData("a window of paths", "attribute log.csv --paths-file --lookback 30d")]
    [InlineData("all paces and one", "simulate b.json --traffic t.csv --compare --pacer even")]
    [InlineData("a method of no request", "verify --scheme pm1 --method GET")]
    [InlineData("the name of no key", "verify --scheme pm1 --key-id k")]
    [InlineData("an algorithm of no key", "verify --scheme pm1 --algorithm hmac-sha1")]
    [InlineData("a partner without a name", "explain c.json --events log.csv --outcome o1 --audience partner:")]
    public void Wrong_usage_ends_with_two_and_says_why(string reason, string line)
    {
        (int code, FakeActions actions, string printed, string complained) = Run(line.Split(' '));

        code.Should().Be(ExitCodes.WrongUsage, reason);
        actions.Told.Should().BeNull();
        printed.Should().BeEmpty();
        complained.Should().Contain("--help").And.NotStartWith("Say");
    }

    [Fact]
    public void Who_compares_one_campaign_is_told_that_it_takes_two() =>
        Run("compare", "a.json", "--events", "log.csv").Complained.Should()
            .StartWith("One campaign has nothing to be compared with: name two or more.");

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("settle --help")]
    [InlineData("explain --help")]
    [InlineData("--version")]
    public void Help_is_not_an_error(string line)
    {
        (int code, _, string printed, string complained) =
            Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        code.Should().Be(ExitCodes.Done);
        printed.Should().NotBeEmpty();
        complained.Should().BeEmpty();
    }

    [Theory]
    [InlineData("settle --help", true)]
    [InlineData("compare --help", false)]
    [InlineData("explain --help", false)]
    public void Help_says_as_of_when_all_is_looked_at(string line, bool hasPeriod)
    {
        string printed = string.Join(
            ' ', Run(line.Split(' ')).Printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        printed.Should().Contain("the end of the log");
        printed.Contains("or of the month of --period when that is later", StringComparison.Ordinal)
            .Should().Be(hasPeriod);
    }

    [Fact]
    public void A_stopped_run_is_no_success()
    {
        (int code, _, _, string complained) = Run("validate", "stop");
        (code, complained.Trim()).Should().Be((ExitCodes.BadInput, "Stopped."));
    }

    [Fact]
    public void Complaints_are_bounded_and_cannot_steer_the_terminal()
    {
        using StringWriter error = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(TextWriter.Null, error, IsTerminal: false);
        console.Complain(Enumerable.Repeat("bad\u001b[2J\nline", ToolConsole.ProblemCountMax + 5));

        string[] lines = error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(ToolConsole.ProblemCountMax + 1);
        lines[0].Should().Be("bad�[2J�line");
        lines[^1].Should().Be("... and 5 more.");
    }

    private static (int Code, FakeActions Actions, string Printed, string Complained) Run(params string[] args)
    {
        using StringWriter printed = new(CultureInfo.InvariantCulture);
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        FakeActions actions = new();
        int code = Entry.Run(args, new(printed, complained, IsTerminal: false), actions);
        return (code, actions, printed.ToString(), complained.ToString());
    }

    private sealed class FakeActions : IToolActions
    {
        public object? Told { get; private set; }

        public int Settle(SettleRequest request, CancellationToken cancel) => Tell(request);

        public int Validate(string campaign) =>
            campaign == "stop" ? throw new OperationCanceledException() : Tell(campaign);

        public int Explain(ExplainRequest request, CancellationToken cancel) => Tell(request);

        public int Compare(CompareRequest request, CancellationToken cancel) => Tell(request);

        public int Attribute(AttributeRequest request, CancellationToken cancel) => Tell(request);

        public int Simulate(SimulateRequest request, CancellationToken cancel) => Tell(request);

        public int Diff(DiffRequest request) => Tell(request);

        public int Schema(FileKind kind) => Tell(kind);

        public int Audit(AuditRequest request) => Tell(request);

        public int Verify(VerifyRequest request) => Tell(request);

        private int Tell(object request)
        {
            Told = request;
            return 7;
        }
    }
}
