using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>Who may enrol in a programme, and when.</summary>
public sealed record EnrolmentRules : ITerms
{
    /// <summary>The most partners of one list.</summary>
    public const int PartnerCountMax = 10_000;

    /// <summary>Who may enrol. <see cref="EnrolmentOpening.Open"/> by default.</summary>
    public EnrolmentOpening Opening { get; init; }

    /// <summary>Who is invited, for <see cref="EnrolmentOpening.Invitation"/>.</summary>
    public ValueList<PartnerId> Invited { get; init; } = [];

    /// <summary>Who may not enrol, whoever else may.</summary>
    public ValueList<PartnerId> Denied { get; init; } = [];

    /// <summary>The days on which an enrolment may begin, in the programme's zone; null means all.</summary>
    public DateRange? Dates { get; init; }

    /// <summary>The group of who names none; null means no group.</summary>
    public PartnerGroupId? DefaultGroup { get; init; }

    /// <summary>Reads rules.</summary>
    /// <param name="terms">The terms.</param>
    public static EnrolmentRules Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Opening = terms.Enum("opening", EnrolmentOpening.Open),
            Invited = terms.Values<PartnerId>("invited", 0, PartnerCountMax),
            Denied = terms.Values<PartnerId>("denied", 0, PartnerCountMax),
            Dates = terms.Optional<DateRange>("dates"),
            DefaultGroup = terms.Optional<PartnerGroupId>("defaultGroup"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("opening", Opening, EnrolmentOpening.Open);
        terms.Values("invited", Invited);
        terms.Values("denied", Denied);
        terms.Value("dates", Dates);
        terms.Value("defaultGroup", DefaultGroup);
    }
}
