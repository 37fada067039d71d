namespace PerfMarketing.Contracts.Programmes;

/// <summary>What can be wrong with a programme, why nobody is enrolled, and what an enrolment changed.</summary>
public static class ProgrammeCodes
{
    /// <summary>The version is not 1 or higher.</summary>
    public const string Version = "programme.version";

    /// <summary>The template names partners or cites a programme: that is what enrolment is for.</summary>
    public const string TemplateNamesPartners = "programme.template-names-partners";

    /// <summary>
    /// There are more groups than <see cref="Programme.GroupCountMax"/>, one has no name, or two have one name.
    /// </summary>
    public const string Groups = "programme.groups";

    /// <summary>An overlay has two clauses of one name, or removes a clause that it has itself.</summary>
    public const string OverlayContradiction = "programme.overlay-contradiction";

    /// <summary>
    /// An overlay removes a clause that the layers below do not have. Args when it refuses an enrolment: clause, layer.
    /// </summary>
    public const string ClauseUnknown = "programme.clause-unknown";

    /// <summary>A contract cites a programme without a name, or a version below 1.</summary>
    public const string Citation = "programme.citation";

    /// <summary>The default group is none of the programme's.</summary>
    public const string DefaultGroupUnknown = "programme.default-group-unknown";

    /// <summary>
    /// A list names a partner twice or has more than <see cref="EnrolmentRules.PartnerCountMax"/>; or partners are
    /// invited to a programme that is not by invitation.
    /// </summary>
    public const string Partners = "programme.partners";

    /// <summary>The programme has no such group. Args: group.</summary>
    public const string GroupUnknown = "programme.group-unknown";

    /// <summary>The partner may not enrol. Args: partner.</summary>
    public const string PartnerDenied = "programme.partner-denied";

    /// <summary>The programme is by invitation, and the partner is not invited. Args: partner.</summary>
    public const string NotInvited = "programme.not-invited";

    /// <summary>The programme asks for an approval that is missing. Args: partner.</summary>
    public const string NotApproved = "programme.not-approved";

    /// <summary>Enrolments do not begin on this day. Args: from, dates.</summary>
    public const string NotOpen = "programme.not-open";

    /// <summary>
    /// The contract would end before it begins: the programme, or the contract before, ends earlier. Args: from, to.
    /// </summary>
    public const string NoDays = "programme.no-days";

    /// <summary>The contract's name would be too long: the enrolment has to give one. Args: id.</summary>
    public const string ContractIdTooLong = "programme.contract-id-too-long";

    /// <summary>The contract was not made by an older version of this programme. Args: contract.</summary>
    public const string NotAmendable = "programme.not-amendable";

    /// <summary>A layer has a clause that is not below it. Args: clause, layer.</summary>
    public const string ClauseAdded = "programme.clause-added";

    /// <summary>A layer has another clause of the same name. Args: clause, layer.</summary>
    public const string ClauseReplaced = "programme.clause-replaced";

    /// <summary>A layer does without a clause. Args: clause, layer.</summary>
    public const string ClauseRemoved = "programme.clause-removed";
}
