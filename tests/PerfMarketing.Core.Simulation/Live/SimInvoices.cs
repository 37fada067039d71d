using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>
/// The invoices that a host writes, in the worlds that have taxes: by rates of each partner, some at other ones, some
/// never, some again under another number. What their taxes are is worked out here in whole numbers.
/// </summary>
internal sealed class SimInvoices : IStatementNumbers
{
    private const ulong Salt = 0x5441_5845_53;
    private const string Payer = "acme";

    private readonly SeededRandom random;
    private readonly Violations violations;
    private readonly InvoiceWorkflow workflow;
    private readonly Dictionary<PartnerId, TaxRates> usual = [];
    private readonly Dictionary<StatementId, TaxRates> rates = [];
    private readonly Dictionary<StatementId, string> numbers = [];
    private readonly Dictionary<StatementId, Statement> statements = [];
    private readonly Dictionary<StatementId, StatementInvoice> written = [];
    private readonly Dictionary<StatementId, long> most = [];

    public SimInvoices(WorldPlan world, Violations violations)
    {
        random = new(world.Seed ^ Salt);
        this.violations = violations;
        workflow = new(this);
        IsOn = random.Happens(300) || world.Claims;
    }

    /// <summary>Whether the world has taxes.</summary>
    public bool IsOn { get; }

    /// <summary>How many documents there were.</summary>
    public int Count { get; private set; }

    /// <summary>The invoice or credit note by which a statement is paid now; null when there is none.</summary>
    public StatementInvoice? Of(StatementId statement) => written.GetValueOrDefault(statement);

    /// <summary>The taxes of a part of what a statement pays or claims, in minor units, by its invoice.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="net">The part.</param>
    public (long Vat, long Withholding) TaxesOf(StatementId statement, long net)
    {
        if (!written.TryGetValue(statement, out StatementInvoice? invoice))
        {
            return default;
        }

        long whole = invoice.Net.MinorUnits;
        (long vat, long withheld) = rates[statement].Of(whole);
        return (
            TaxRates.Part(net, Math.Abs(vat), Math.Abs(whole)),
            TaxRates.Part(net, Math.Abs(withheld), Math.Abs(whole)));
    }

    /// <summary>The most that a statement came to by any of its invoices, in minor units.</summary>
    public long MostOf(Statement statement) =>
        Math.Max(statement.Payable.MinorUnits, most.GetValueOrDefault(statement.Id));

    /// <summary>Invoices what was closed; false when numbers could not be had: it is to be tried again.</summary>
    public async Task<bool> WriteAsync(IEnumerable<Statement> closed)
    {
        ValueList<Statement> asked = [.. closed.Where(Asks)];
        ValueList<StatementInvoice> invoices;
        try
        {
            invoices = await workflow.InvoiceAsync(new(Payer), asked, s => rates[s.Id].ToTerms(), default)
                .ConfigureAwait(false);
        }
        catch (PortFailedException)
        {
            return false;
        }

        foreach (StatementInvoice invoice in invoices)
        {
            Keep(statements[invoice.Statement], invoice, numbers[invoice.Statement]);
        }

        violations.Require(
            asked.All(s => written.ContainsKey(s.Id) == (s.Payable.MinorUnits > 0 || s.Claimed is not null)),
            $"I8: {invoices.Count} of {asked.Count} statements are invoiced");
        return true;
    }

    /// <summary>Some invoices are written again: another number, at times with other taxes.</summary>
    public void WriteAgain()
    {
        foreach (Statement statement in statements.Values.Where(static s => s.Payable.MinorUnits > 0))
        {
            if (random.Happens(60))
            {
                rates[statement.Id] = random.Happens(500) ? TaxRates.Draw(random) : rates[statement.Id];
                string number = $"again-{Count}";
                Keep(statement, StatementInvoice.Of(statement, rates[statement.Id].ToTerms(), number), number);
            }
        }
    }

    public ValueTask<string> NumberOfAsync(
        PartyId payer,
        PartnerId partner,
        StatementId statement,
        bool isCreditNote,
        CancellationToken cancellationToken)
    {
        FailAtTimes();
        Statement known = statements[statement];
        violations.Require(
            payer.Value == Payer && partner == known.Partner && isCreditNote == known.Claimed is not null,
            $"I8: a number is asked for {statement} of {partner} to {payer}, credit note: {isCreditNote}");
        if (!numbers.TryGetValue(statement, out string? number))
        {
            numbers.Add(statement, number = $"doc-{numbers.Count}");
        }

        FailAtTimes();
        return new(number);
    }

    // Some are paid net: their invoice comes later, if ever.
    private bool Asks(Statement statement)
    {
        if (!statements.TryAdd(statement.Id, statement))
        {
            return !numbers.TryGetValue(statement.Id, out string? none) || none.Length > 0;
        }

        if (!usual.TryGetValue(statement.Partner, out TaxRates own))
        {
            usual.Add(statement.Partner, own = TaxRates.Draw(random));
        }

        rates[statement.Id] = random.Happens(120) ? TaxRates.Draw(random) : own;
        bool isWritten = random.Happens(850);
        if (!isWritten)
        {
            numbers[statement.Id] = string.Empty;
        }

        return isWritten;
    }

    private void Keep(Statement statement, StatementInvoice invoice, string number)
    {
        long net = statement.Payable.MinorUnits - (statement.Claimed?.MinorUnits ?? 0);
        (long vat, long withheld) = rates[statement.Id].Of(net);
        violations.Require(
            invoice.Number == number && invoice.Net.MinorUnits == net && invoice.Vat.MinorUnits == vat
            && invoice.Withholding.MinorUnits == withheld && invoice.Total.MinorUnits == net + vat - withheld
            && invoice.DueOn == statement.DueOn,
            $"I8: {net} at {rates[statement.Id]} is invoiced as {invoice.Net} + {invoice.Vat} - {invoice.Withholding}");
        written[statement.Id] = invoice;
        most[statement.Id] = Math.Max(MostOf(statement), net + vat - withheld);
        Count++;
    }

    private void FailAtTimes()
    {
        if (random.Happens(15))
        {
            throw new PortFailedException("Nobody gives a number.");
        }
    }

    /// <summary>Rates of taxes, in ten thousandths.</summary>
    internal readonly record struct TaxRates(int Vat, int Withholding)
    {
        private const int Whole = 10_000;

        public static TaxRates Draw(SeededRandom random) =>
            new(random.Pick(0, 700, 810, 1_900, 1_900, 2_550), random.Pick(0, 0, 0, 500, 1_583, 3_000, Whole));

        public (long Vat, long Withholding) Of(long net) =>
            (Part(net, Vat, Whole), Part(net, Withholding, Whole));

        public TaxTerms ToTerms() => new(
            Monetary.Percentage.FromFraction(Vat / (decimal)Whole),
            Monetary.Percentage.FromFraction(Withholding / (decimal)Whole));

        /// <summary>A part of an amount, half away from zero.</summary>
        public static long Part(long amount, long part, long whole) => whole == 0 ? 0
            : Math.Sign(amount) * (long)(((2 * (Int128)Math.Abs(amount) * part) + whole) / (2 * (Int128)whole));
    }
}
