// Jail
