using System.Diagnostics.CodeAnalysis;
using FluentValidation.Results;
using PerfMarketing.Contracts.Validation;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>
/// A template of contracts as data that may still be wrong: terms, groups of partners, and who may enrol.
/// </summary>
/// <remarks>
/// Immutable; every call returns another draft. The contract of an enrolled partner has the programme's clauses,
/// overlaid by those of the group, then by the partner's own.
/// </remarks>
public sealed record ProgrammeDraft : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The programme's name.</summary>
    public required ProgrammeId Id { get; init; }

    /// <summary>The version of the programme, from 1; each version is immutable.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The terms of all who enrol: a contract without partners. Its days are those of the programme, its version does
    /// not count.
    /// </summary>
    public required ContractDraft Contract { get; init; }

    /// <summary>The groups of partners with terms of their own.</summary>
    public ValueList<PartnerGroup> Groups { get; init; } = [];

    /// <summary>Who may enrol, and when; everybody, always, by default.</summary>
    public EnrolmentRules Enrolment { get; init; } = new();

    /// <summary>Begins a programme.</summary>
    /// <param name="id">The programme's name.</param>
    /// <param name="contract">The terms of all who enrol: a contract without partners.</param>
    public static ProgrammeDraft For(string id, ContractDraft contract) =>
        new() { Id = new(id), Contract = contract };

    /// <summary>Reads a programme's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of models and policies are looked up.</param>
    public static ProgrammeDraft Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<ProgrammeId>("id"),
            Version = terms.Int("version", 1),
            Contract = terms.Object("contract", c => ContractDraft.Read(c, catalog)),
            Groups = terms.List("groups", g => PartnerGroup.Read(g, catalog), 0, Programme.GroupCountMax),
            Enrolment = terms.OptionalObject("enrolment", EnrolmentRules.Read) ?? new(),
        };
    }

    /// <summary>The draft with one more group.</summary>
    /// <param name="id">The group's name.</param>
    /// <param name="terms">What its partners have otherwise.</param>
    public ProgrammeDraft WithGroup(string id, ClauseOverlay terms) =>
        this with { Groups = Groups.Add(new(new(id), terms)) };

    /// <summary>Everything that is wrong with the draft; valid when nothing is.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public ValidationResult Validate(TermCatalog? catalog = null) =>
        new ProgrammeDraftValidator(catalog ?? TermCatalog.Default).Validate(this);

    /// <summary>The programme, when nothing is wrong with the draft.</summary>
    /// <param name="programme">The programme; null when something is wrong.</param>
    /// <param name="result">Everything that is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public bool TryBuild(
        [NotNullWhen(true)] out Programme? programme, out ValidationResult result, TermCatalog? catalog = null)
    {
        result = Validate(catalog);
        programme = result.IsValid ? new(this) : null;
        return result.IsValid;
    }

    /// <summary>The programme.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="ContractInvalidException">Something is wrong; carries every failure at once.</exception>
    public Programme Build(TermCatalog? catalog = null) =>
        TryBuild(out Programme? programme, out ValidationResult result, catalog)
            ? programme
            : throw new ContractInvalidException(result);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Integer("version", Version);
        terms.Terms("contract", Contract);
        terms.List("groups", Groups);
        if (Enrolment != new EnrolmentRules())
        {
            terms.Terms("enrolment", Enrolment);
        }
    }
}
