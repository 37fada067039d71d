using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>How the columns of a foreign log are read as events; the file that <c>--map</c> names.</summary>
/// <remarks>
/// Every row is a touchpoint unless <see cref="Touches"/> says which are. A row that an <see cref="OutcomeMapping"/>
/// takes is an outcome too, at the same instant, and its own touchpoint counts for it.
/// </remarks>
internal sealed record LogMapping : ITerms
{
    /// <summary>What parts the cells; a comma unless stated.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>When it happened.</summary>
    public required TimeSource At { get; init; }

    /// <summary>When it was written down; the same as <see cref="At"/> unless stated.</summary>
    public TimeSource? RecordedAt { get; init; }

    /// <summary>Who was touched.</summary>
    public required CellSource Customer { get; init; }

    /// <summary>Whose advertising it was.</summary>
    public required CellSource Partner { get; init; }

    /// <summary>What kind of contact it was; a click unless stated.</summary>
    public CellSource? Kind { get; init; }

    /// <summary>Through which channel it came.</summary>
    public CellSource? Channel { get; init; }

    /// <summary>The touchpoint's id; rows without get ids made of their content.</summary>
    public CellSource? Id { get; init; }

    /// <summary>
    /// Whether it is a test: a cell that reads <c>true</c> or <c>false</c>, by its values if need be.
    /// </summary>
    public CellSource? IsTest { get; init; }

    /// <summary>Which rows are touchpoints; every row unless stated.</summary>
    public RowTest? Touches { get; init; }

    /// <summary>Which rows are outcomes, and of what kind.</summary>
    public ValueList<OutcomeMapping> Outcomes { get; init; } = [];

    /// <summary>Reads a mapping.</summary>
    /// <param name="terms">The terms.</param>
    public static LogMapping Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string separator = terms.OptionalText("separator") ?? ",";
        if (separator.Length != 1 || !char.IsAscii(separator[0]) || separator is "\"" or "\n" or "\r")
        {
            terms.Fail("separator", TermCodes.Malformed, "Cells are parted by one ASCII character.");
            separator = ",";
        }

        return new()
        {
            Separator = separator[0],
            At = terms.Object("at", TimeSource.Read),
            RecordedAt = terms.OptionalObject("recordedAt", TimeSource.Read),
            Customer = terms.Object("customer", CellSource.Read),
            Partner = terms.Object("partner", CellSource.Read),
            Kind = terms.OptionalObject("kind", CellSource.Read),
            Channel = terms.OptionalObject("channel", CellSource.Read),
            Id = terms.OptionalObject("id", CellSource.Read),
            IsTest = terms.OptionalObject("isTest", CellSource.Read),
            Touches = terms.OptionalObject("touches", RowTest.Read),
            Outcomes = terms.List("outcomes", OutcomeMapping.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("separator", Separator, ',');
        terms.Terms("at", At);
        terms.Terms("recordedAt", RecordedAt);
        terms.Terms("customer", Customer);
        terms.Terms("partner", Partner);
        terms.Terms("kind", Kind);
        terms.Terms("channel", Channel);
        terms.Terms("id", Id);
        terms.Terms("isTest", IsTest);
        terms.Terms("touches", Touches);
        terms.List("outcomes", Outcomes);
    }
}

/// <summary>Which rows are outcomes of one kind, and where their values stand.</summary>
internal sealed record OutcomeMapping : ITerms
{
    /// <summary>Which rows are such an outcome.</summary>
    public required RowTest When { get; init; }

    /// <summary>Of what kind it is.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>
    /// What it is worth, as a plain number of <see cref="Currency"/>; an empty cell means nothing is known.
    /// </summary>
    public CellSource? Value { get; init; }

    /// <summary>The currency of <see cref="Value"/>.</summary>
    public Currency? Currency { get; init; }

    /// <summary>How many results the row stands for; 1 unless stated.</summary>
    public CellSource? Quantity { get; init; }

    /// <summary>The order number.</summary>
    public CellSource? OrderId { get; init; }

    /// <summary>The outcome's id; rows without get ids made of their content.</summary>
    public CellSource? Id { get; init; }

    /// <summary>Reads which rows are outcomes.</summary>
    /// <param name="terms">The terms.</param>
    public static OutcomeMapping Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        OutcomeMapping read = new()
        {
            When = terms.Object("when", RowTest.Read),
            Kind = terms.Value<OutcomeKind>("kind"),
            Value = terms.OptionalObject("value", CellSource.Read),
            Currency = terms.Optional<Currency>("currency"),
            Quantity = terms.OptionalObject("quantity", CellSource.Read),
            OrderId = terms.OptionalObject("orderId", CellSource.Read),
            Id = terms.OptionalObject("id", CellSource.Read),
        };
        if (read.Value is not null && read.Currency is null && !terms.Has("currency"))
        {
            terms.Fail("value", TermCodes.Missing, "A value needs its currency beside it.");
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("when", When);
        terms.Value("kind", Kind);
        terms.Terms("value", Value);
        terms.Value("currency", Currency);
        terms.Terms("quantity", Quantity);
        terms.Terms("orderId", OrderId);
        terms.Terms("id", Id);
    }
}
