namespace PerfMarketing.Testing;

/// <summary>Terms that validation refuses, as they stand in JSON, for a draft in euro.</summary>
/// <param name="Code">The code of the failure.</param>
/// <param name="Place">Where they stand.</param>
/// <param name="Json">
/// The terms: members to set, or the whole object. <c>$PARTNER</c>, <c>$CONTRACT</c>, <c>$CLAUSE</c> and
/// <c>$OUTCOME</c> stand for those of the draft.
/// </param>
internal sealed partial record WrongTerms(string Code, TermPlace Place, string Json);

/// <summary>Where wrong terms stand.</summary>
internal enum TermPlace
{
    /// <summary>Members of a contract.</summary>
    Contract,

    /// <summary>Members of one of its clauses.</summary>
    Clause,

    /// <summary>What a clause pays.</summary>
    Pays,

    /// <summary>The proof that a clause asks for.</summary>
    Proof,

    /// <summary>Members of a payout for periods.</summary>
    Period,

    /// <summary>Members of a campaign.</summary>
    Campaign,

    /// <summary>The rule of attribution.</summary>
    Attribution,

    /// <summary>The only budget.</summary>
    Budget,
}
