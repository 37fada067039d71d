using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// Pays by the first case whose condition holds: 75.00 a lead of 500 people or more, otherwise 15.00.
/// </summary>
/// <remarks>
/// Conditions are asked of the outcome's facts, and of its time in the contract's zone. A fact that is not known never
/// makes a condition hold. A line of nothing says which case it was; without a case and without
/// <paramref name="Otherwise"/> nothing is paid.
/// </remarks>
/// <param name="Cases">The cases, in the order in which they are asked; at least one.</param>
/// <param name="Otherwise">What is paid when no condition holds; nothing when null.</param>
public sealed record FirstMatch(ValueList<MatchCase> Cases, PayoutModel? Otherwise = null) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "first-match";

    /// <summary>The code of the line that says that no condition holds.</summary>
    public const string OtherwiseLineCode = "otherwise";

    /// <summary>The most cases of one model.</summary>
    public const int CaseCountMax = 64;

    private static readonly NumberedCode CaseLines = new("case");

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts =>
        PayoutPart.ListOf(nameof(Cases), ".Pays", Cases, static c => c.Pays) is var parts && Otherwise is null
            ? parts
            : parts.Add(new(nameof(Otherwise), Otherwise));

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static FirstMatch Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(
            terms.List("cases", t => MatchCase.Read(t, catalog)),
            terms.Has("otherwise") ? catalog.Read(terms, "otherwise") : null);
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        for (int i = 0; i < Cases.Count; i++)
        {
            if (Cases[i].Matches(context))
            {
                sheet.Note(CaseLines[i + 1]);
                sheet.Apply(Cases[i].Pays, context);
                return;
            }
        }

        sheet.Note(OtherwiseLineCode);
        if (Otherwise is not null)
        {
            sheet.Apply(Otherwise, context);
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("cases", Cases);
        terms.Terms("otherwise", Otherwise);
    }
}
